import { delimiter, join, resolve } from 'node:path';
import type { Environment } from './child-environment.ts';

/** The files that hold the contexts; `named` where a flag names the one. */
export function findFiles(
  request: { readonly kubeconfig?: string | undefined },
  { env, homeDirectory }: { readonly env: Environment; readonly homeDirectory: string },
): { paths: string[]; named: boolean } {
  if (request.kubeconfig) return { paths: [resolve(request.kubeconfig)], named: true };
  const listed = (env.KUBECONFIG ?? '').split(delimiter).filter(Boolean);
  if (listed.length > 0)
    return { paths: [...new Set(listed.map((path) => resolve(path)))], named: false };
  // As client-go: HOME first, on Windows too.
  const home = env.HOME || homeDirectory;
  return { paths: [join(home, '.kube', 'config')], named: false };
}

/** The same as KUBECONFIG has them. */
export function joinFiles(paths: readonly string[]): string {
  return paths.join(delimiter);
}
