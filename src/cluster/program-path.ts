import { accessSync, constants, statSync } from 'node:fs';
import { posix, resolve, win32 } from 'node:path';
import { programVariables } from '../environment-variable.ts';
import type { Environment } from './child-environment.ts';
import type { ProgramName } from './install-hints.ts';

/**
 * Where a program lies; see findProgram. Does not wait: it is looked for before anything else is
 * loaded.
 * @returns undefined where there is none
 */
export function programPath(
  name: ProgramName,
  env: Environment,
  platform: NodeJS.Platform,
): string | undefined {
  const named = env[programVariables[name]];
  const paths = named ? [resolve(named)] : candidates(name, env, platform);
  return paths.find((path) => isProgram(path, platform));
}

/** The paths at which a program of this name may lie, in the order in which a shell looks. */
export function candidates(name: string, env: Environment, platform: NodeJS.Platform): string[] {
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

export function isProgram(path: string, platform: NodeJS.Platform): boolean {
  try {
    if (!statSync(path).isFile()) return false;
    if (platform !== 'win32') accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
