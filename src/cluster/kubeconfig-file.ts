import { readFileSync } from 'node:fs';
import { brokenKubeconfig, type ReadKubeconfig } from './kubeconfig-content.ts';

/**
 * Reads one kubeconfig file, YAML or JSON. Problems name the file and the line and never quote
 * it, since it holds credentials.
 */
export async function readKubeconfigFile(path: string): Promise<ReadKubeconfig> {
  let content: string;
  try {
    // At once: to wait for a thread takes longer.
    content = readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { state: 'missing' };
    return brokenKubeconfig(
      path,
      'cannot be read',
      reasons[code ?? ''] ?? code ?? 'unknown reason',
    );
  }
  // Loaded where there is something to parse.
  const { parseKubeconfig } = await import('./parse-kubeconfig.ts');
  return parseKubeconfig(path, content);
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a directory',
};
