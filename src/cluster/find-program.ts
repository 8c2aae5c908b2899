import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { posix, resolve, win32 } from 'node:path';
import type { Problem } from '../errors.ts';
import { installHints, type ProgramName } from './install-hints.ts';

/** The programs that this package uses, and where people who lack one find it. */
const programs = {
  helm: {
    override: 'XERV_DEPLOY_HELM',
    wanted: 'helm 3.12 or newer',
    ways: 'https://helm.sh/docs/intro/install/',
  },
  kubectl: {
    override: 'XERV_DEPLOY_KUBECTL',
    wanted: 'kubectl',
    ways: 'https://kubernetes.io/docs/tasks/tools/',
  },
} as const;

export type FoundProgram =
  | { readonly found: true; readonly path: string }
  | { readonly found: false; readonly problem: Problem };

type Environment = Readonly<Record<string, string | undefined>>;

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
export async function findProgram(
  name: ProgramName,
  env: Environment,
  platform: NodeJS.Platform = process.platform,
): Promise<FoundProgram> {
  const { override } = programs[name];
  const named = env[override];
  if (named) {
    const path = resolve(named);
    if (await isProgram(path, platform)) return { found: true, path };
    const message = `${override} names ${path}, which is not a program that can be run.`;
    return {
      found: false,
      problem: { message, next: `Correct ${override} or unset it.`, where: override },
    };
  }
  for (const path of candidates(name, env, platform))
    if (await isProgram(path, platform)) return { found: true, path };
  const next = await howToGet(name, env, platform);
  return { found: false, problem: { message: `${name} is not on the PATH.`, next } };
}

/** With the package manager that is there, where one is. */
async function howToGet(
  name: ProgramName,
  env: Environment,
  platform: NodeJS.Platform,
): Promise<string> {
  const { wanted, ways } = programs[name];
  for (const { manager, platforms, command } of installHints) {
    if (!platforms.includes(platform)) continue;
    const found = candidates(manager, env, platform).map((path) => isProgram(path, platform));
    if ((await Promise.all(found)).includes(true))
      return `Install ${wanted} (${command[name]}; other ways: ${ways}) and run this again.`;
  }
  return `Install ${wanted} (${ways}) and run this again.`;
}

function candidates(name: string, env: Environment, platform: NodeJS.Platform): string[] {
  const windows = platform === 'win32';
  const path = windows ? win32 : posix;
  const folders = (variable(env, 'PATH', windows) ?? '')
    .split(path.delimiter)
    .map((folder) => (windows ? folder.replaceAll('"', '') : folder))
    .filter((folder) => path.isAbsolute(folder));
  const extensions = windows
    ? (variable(env, 'PATHEXT', windows) ?? '.COM;.EXE;.BAT;.CMD').split(';').filter(Boolean)
    : [''];
  return folders.flatMap((folder) =>
    extensions.map((extension) => path.join(folder, name + extension.toLowerCase())),
  );
}

/** On Windows the names of variables know no case (`Path`), but a copy of process.env does. */
function variable(env: Environment, name: string, windows: boolean): string | undefined {
  if (!windows) return env[name];
  return Object.entries(env).find(([key]) => key.toUpperCase() === name)?.[1];
}

async function isProgram(path: string, platform: NodeJS.Platform): Promise<boolean> {
  try {
    if (!(await stat(path)).isFile()) return false;
    if (platform !== 'win32') await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
