import { parseDocument } from 'yaml';

/**
 * Reads a kubeconfig with a parser that goes on after a mistake and says where it is.
 * @returns what stands in it, or where it is no YAML: the line and the mistake, never the text,
 *   which holds credentials
 */
export function explainKubeconfig(content: string): {
  readonly value?: unknown;
  readonly problem?: string;
} {
  const document = parseDocument(content, {
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
  });
  const error = document.errors.find(({ code }) => code !== 'MULTIPLE_DOCS');
  if (!error) return { value: document.toJS() as unknown };
  const mistake = error.code.toLowerCase().replaceAll('_', ' ');
  return { problem: `line ${lineAt(content, error.pos[0])}: ${mistake}` };
}

function lineAt(content: string, offset: number): number {
  return content.slice(0, offset).split('\n').length;
}
