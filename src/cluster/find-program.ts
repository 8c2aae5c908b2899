import { resolve } from 'node:path';
import { programVariables } from '../environment-variable.ts';
import type { Problem } from '../errors.ts';
import type { Environment } from './child-environment.ts';
import { installHints, type ProgramName } from './install-hints.ts';
import { candidates, isProgram, programPath } from './program-path.ts';

/** The programs that this package uses, and where people who lack one find it. */
const programs = {
  helm: {
    wanted: 'helm 3.12 or newer',
    ways: 'https://helm.sh/docs/intro/install/',
  },
  kubectl: {
    wanted: 'kubectl',
    ways: 'https://kubernetes.io/docs/tasks/tools/',
  },
} as const;

export type FoundProgram =
  | { readonly found: true; readonly path: string }
  | { readonly found: false; readonly problem: Problem };

/**
 * Finds helm or kubectl without starting anything. The environment variables XERV_DEPLOY_HELM
 * and XERV_DEPLOY_KUBECTL name the program by its path instead; otherwise the folders of PATH
 * are searched, and on Windows the extensions of PATHEXT. Never looks in the current directory:
 * empty and relative entries of PATH are passed over.
 *
 * @param name helm or kubectl
 * @param env the environment to search by
 * @param platform as in `process.platform`
 * @returns the program's absolute path, or the problem to show (exit code 3)
 */
export function findProgram(
  name: ProgramName,
  env: Environment,
  platform: NodeJS.Platform = process.platform,
): FoundProgram {
  const path = programPath(name, env, platform);
  if (path !== undefined) return { found: true, path };
  const override = programVariables[name];
  const named = env[override];
  if (named) {
    const message = `${override} names ${resolve(named)}, which is not an executable program.`;
    return {
      found: false,
      problem: { message, next: `Correct ${override} or unset it.`, where: override },
    };
  }
  return {
    found: false,
    problem: { message: `${name} is not on the PATH.`, next: howToGet(name, env, platform) },
  };
}

/** With the package manager that is there, where one is. */
function howToGet(name: ProgramName, env: Environment, platform: NodeJS.Platform): string {
  const { wanted, ways } = programs[name];
  for (const { manager, platforms, command } of installHints) {
    if (!platforms.includes(platform)) continue;
    if (candidates(manager, env, platform).some((path) => isProgram(path, platform)))
      return `Install ${wanted} (${command[name]}; other ways: ${ways}) and run this again.`;
  }
  return `Install ${wanted} (${ways}) and run this again.`;
}
