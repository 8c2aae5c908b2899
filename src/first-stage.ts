import { writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Begun } from './begun.ts';
import { buildId, builtPieces } from './built-program.ts';
import { opensWizard } from './cli/opens-wizard.ts';
import { detectTerminal } from './cli/terminal.ts';
import { usualInvocation } from './cli/usual-invocation.ts';
import type { ProgramName } from './cluster/install-hints.ts';
import { createCleanup } from './files/cleanup.ts';
import { createCodeCache } from './files/code-cache.ts';
import { cacheDirectory } from './files/user-directories.ts';
import type { HeadStart } from './head-start/head-start.ts';
import { createLoader } from './load-program.ts';
import type { main } from './main.ts';
import { listenForSignals } from './signals.ts';
import type { FirstLook } from './ui/first-frame.ts';
import { type FirstScreen, openFirstScreen } from './ui/first-screen.ts';
import { type FirstTarget, usualTarget } from './ui/first-target.ts';
import { preparedFrame } from './ui/prepared-frame.ts';
import { readsScreen } from './ui/screen-reader.ts';

export { builtPieces } from './built-program.ts';

/**
 * Begins an invocation: reads it, listens to signals, and draws the wizard's first frame where the
 * wizard is going to be drawn. What takes longer to load comes after.
 */
export function begin(proc: NodeJS.Process, packageRoot: string): Begun {
  const cancellation = listenForSignals(proc);
  const cleanup = createCleanup();
  proc.on('exit', () => cleanup.run());
  const args = proc.argv.slice(2);
  const invocation =
    usualInvocation(args, proc.env) ?? commandLine().parseInvocation(args, proc.env);
  // Where nobody waits for a frame they come before the streams, which take a while to open.
  const drawsNothing = invocation.commandGiven && invocation.command !== 'uninstall';
  const startsWith = () => commandLine().commandTable[invocation.command].startsWith;
  const start = (use: string, programs: readonly ProgramName[]) => {
    const load = openProgram(proc, packageRoot, use);
    return { load, headStart: startPrograms(programs, { proc, invocation, packageRoot, load }) };
  };
  const early = drawsNothing ? start(invocation.command, startsWith()) : undefined;
  const terminal = detectTerminal(proc, invocation.flags);
  const begun = { invocation, terminal, cancellation, cleanup };
  const isWizard = opensWizard(invocation, terminal);
  const isDrawn = terminal.draws && invocation.problems.length === 0 && isWizard;
  const firstScreen = isDrawn ? drawFirst(proc, begun) : undefined;
  // The wizard renders nothing before it has asked.
  const programs = isWizard ? (['kubectl'] as const) : startsWith();
  const started = early ?? start(isDrawn ? 'wizard' : invocation.command, programs);
  return { ...begun, ...started, firstScreen };
}

/** What reads arguments; the build makes a file of its own of it (src/command-line.ts). */
function commandLine() {
  return require('./command-line.ts') as typeof import('./command-line.ts');
}

/** @param use what the program is loaded for: of that, code is kept compiled */
function openProgram(
  proc: NodeJS.Process,
  packageRoot: string,
  use: string,
): (piece: string) => unknown {
  const { env, platform } = proc;
  const cache = join(cacheDirectory({ env, platform, homeDirectory: homeDirectory() }), 'code');
  const file = join(packageRoot, 'dist', 'program.pack');
  return createLoader({
    file,
    pieces: builtPieces,
    cache: env.NODE_DISABLE_COMPILE_CACHE ? undefined : createCodeCache(cache, buildId, file),
    use,
    require,
    atExit: (task) => void proc.on('exit', task),
  });
}

function startPrograms(
  programs: readonly ProgramName[],
  {
    proc: { env, platform },
    invocation,
    packageRoot,
    load,
  }: Pick<Begun, 'invocation' | 'load'> & {
    readonly proc: NodeJS.Process;
    readonly packageRoot: string;
  },
): HeadStart | undefined {
  // On Windows there is no proxy, and what starts helm there is not loaded yet.
  if (programs.length === 0 || invocation.problems.length > 0 || platform === 'win32')
    return undefined;
  const surroundings = { env, homeDirectory: homeDirectory(), packageRoot };
  const { makeHeadStart } = load('head') as typeof import('./head-start/head-start.ts');
  return makeHeadStart(programs, invocation, surroundings);
}

function homeDirectory(): string {
  // Not loaded for what is answered without the program.
  return (require('node:os') as typeof import('node:os')).homedir();
}

function drawFirst(
  proc: NodeJS.Process,
  {
    invocation,
    terminal,
    cancellation,
    cleanup,
  }: Pick<Begun, 'invocation' | 'terminal' | 'cancellation' | 'cleanup'>,
): FirstScreen {
  const { stdin, stdout, env } = proc;
  const { command, flags } = invocation;
  const target: FirstTarget = {
    title: command === 'uninstall' ? 'uninstall' : 'install',
    context: flags.text('context'),
    namespace: flags.text('namespace') ?? usualTarget.namespace,
    release: flags.text('release') ?? usualTarget.release,
  };
  const look = { columns: stdout.columns, rows: stdout.rows, ...terminal };
  return openFirstScreen({
    stdin,
    stdout,
    write: (text) => writeAtOnce(stdout, text),
    lines: readsScreen(env) ? [] : (preparedFrame(target, look) ?? layOutFrame(target, look)),
    signals: proc,
    atExit: cleanup.add,
    onCancel: cancellation.cancel,
  });
}

function layOutFrame(target: FirstTarget, look: FirstLook): string[] {
  const { firstFrame, firstView } = commandLine();
  return firstFrame(firstView(target), look);
}

/** The stream takes longer, for the first time. */
function writeAtOnce(stdout: NodeJS.WriteStream & { readonly fd: number }, text: string): void {
  const bytes = Buffer.from(text);
  let done = 0;
  try {
    while (done < bytes.length) done += writeSync(stdout.fd, bytes, done);
  } catch {
    // It does not take more now: the stream waits.
    stdout.write(bytes.subarray(done));
  }
}

/** Loads the second stage. */
export function loadProgram({ load }: Begun): { readonly main: typeof main } {
  return load('main') as { readonly main: typeof main };
}
