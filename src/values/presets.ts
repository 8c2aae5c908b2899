import { readYaml } from './read-yaml.ts';
import { isTree, type Tree } from './tree.ts';

/** A values file for a usual deployment; its leading comment says what it is. */
export interface Preset {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  /** What the cluster must have. */
  readonly needs: readonly string[];
  /** Which warnings are to be expected. */
  readonly warnings: readonly string[];
  readonly values: Tree;
  /** Whether it stacks on another start; else it is a whole deployment. */
  readonly isAddition: boolean;
}

/** A preset with its file's text. */
export type PresetFile = Preset & { readonly text: string };

/** Presets that are a whole deployment, as lists have them: the most wanted one first. */
const bases: readonly string[] = ['production-raft', 'redis', 'nats', 'evaluation'];

/** The order of lists: first what to start from, then what adds to it. */
export function comparePresets(one: Pick<Preset, 'name'>, other: Pick<Preset, 'name'>): number {
  const place = ({ name }: Pick<Preset, 'name'>) =>
    bases.includes(name) ? bases.indexOf(name) : bases.length;
  return place(one) - place(other) || one.name.localeCompare(other.name, 'en');
}

/**
 * Reads a preset of this package. Its leading comment has this form:
 *
 * ```
 * # title: Evaluation
 * # summary: One pod, for trying XERV out.
 * # needs:
 * #   - room for one pod
 * # warnings:
 * #   - nothing is kept
 * ```
 *
 * @param name the file's name without `.yaml`
 * @throws where the file is broken: presets are part of the package
 */
export function parsePreset(name: string, text: string): Preset {
  // Not as a document, which costs four times as much: nobody writes into a preset.
  const [values] = readYaml(text);
  if (!isTree(values)) throw new Error(`preset ${name} is no map of values`);
  const comment = leadingComment(text);
  return {
    name,
    title: field(comment, 'title', name),
    summary: field(comment, 'summary', name),
    needs: list(comment, 'needs'),
    warnings: list(comment, 'warnings'),
    values,
    isAddition: !bases.includes(name),
  };
}

function leadingComment(text: string): readonly string[] {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('#'));
  return lines.slice(0, end === -1 ? lines.length : end).map((line) => line.slice(2));
}

function field(comment: readonly string[], key: string, name: string): string {
  const line = comment.find((candidate) => candidate.startsWith(`${key}: `));
  if (!line) throw new Error(`preset ${name} has no "# ${key}:" in its leading comment`);
  return line.slice(key.length + 2);
}

function list(comment: readonly string[], key: string): string[] {
  const start = comment.indexOf(`${key}:`);
  if (start === -1) return [];
  const rest = comment.slice(start + 1);
  const end = rest.findIndex((line) => !line.startsWith('  - '));
  return rest.slice(0, end === -1 ? rest.length : end).map((line) => line.slice(4));
}
