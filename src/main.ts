import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Begun } from './begun.ts';
import { changesCluster } from './cli/command-table.ts';
import type { Invocation } from './cli/invocation.ts';
import { opensWizard, withoutWizard } from './cli/opens-wizard.ts';
import type { Terminal } from './cli/terminal.ts';
import { commands, loadWizard } from './commands/catalogue.ts';
import type { CommandContext } from './commands/context.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { describeFileProblem, errorCode } from './files/file-problem.ts';
import { type Ask, createAsk } from './plain/ask.ts';
import { fold } from './plain/fold.ts';
import { createLineAsk } from './plain/line-ask.ts';
import { createPalette, type Palette } from './plain/palette.ts';
import { formatProblems } from './plain/problems.ts';
import { withoutGlyphs } from './printable.ts';
import { endsWith } from './signals.ts';
import { tellBrokenOff, tellFailure } from './tell-failure.ts';
import type { FirstScreen } from './ui/first-screen.ts';
import type { FrontEnd } from './wizard/front-end.ts';

/** Both `src/main.ts` and what is built of it lie one folder below the package. */
const packageRoot = fileURLToPath(new URL('..', import.meta.url));

/**
 * Runs one invocation that the first stage has begun. The composition root: every effect starts
 * here, and only here the exit code is set.
 * @param proc the process
 */
export async function main(proc: NodeJS.Process, begun: Begun): Promise<void> {
  const { invocation, cancellation, terminal, firstScreen, headStart } = begun;
  const palette = createPalette(terminal);
  watchOutput(proc, invocation, terminal, palette);
  const out = {
    say: sayOnError(proc, terminal),
    print: (text: string) => void proc.stdout.write(text),
    palette,
  };
  // The wizard leaves the screen as it was, and has said what it did.
  const isUnderWay = !opensWizard(invocation, terminal);
  let concluded: ExitCode | undefined;
  const ending = (code: ExitCode) => endsWith(code, cancellation.exitCode(), concluded);
  const tellEnd = () => {
    const signalled = cancellation.exitCode();
    if (signalled === undefined) {
      // Nothing is left to wait for, though somebody waits: that must not look like a success.
      const error = new Error('The process ended before the command did.');
      proc.exitCode = tellFailure(error, out, invocation, undefined);
      return;
    }
    if (concluded === undefined && isUnderWay) tellBrokenOff(out, invocation);
    proc.exitCode = ending(signalled);
  };
  proc.once('exit', tellEnd);
  try {
    const conclude = (code: ExitCode) => {
      concluded = code;
    };
    const code = await run(proc, begun, palette, conclude).finally(() => {
      firstScreen?.remove();
      headStart?.end();
    });
    proc.exitCode = ending(code);
  } catch (error) {
    proc.exitCode = tellFailure(error, out, invocation, cancellation.exitCode());
  } finally {
    proc.removeListener('exit', tellEnd);
    cancellation.end();
  }
  if (concluded === undefined) return;
  // Node that ends by itself stops listening some milliseconds before it is gone: a signal would still
  // kill a process that has told its success.
  await Promise.all([proc.stdout, proc.stderr].map(untilWritten));
  proc.exit();
}

/** Resolves once all that was written before is on its way, or lost. */
function untilWritten(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.once('error', () => resolve());
    stream.write('', () => resolve());
  });
}

/** Says it where the output is lost: what ends a command that only prints with success would be a lie. */
function watchOutput(
  proc: NodeJS.Process,
  { command, flags }: Invocation,
  terminal: Terminal,
  palette: Palette,
): void {
  let told = false;
  proc.stdout.on('error', (error) => {
    // Whoever reads our output may stop reading (`| head`); that is no failure of ours.
    if (told || errorCode(error) === 'EPIPE') return;
    told = true;
    const say = sayOnError(proc, terminal);
    const problem = describeFileProblem('write', 'standard output', error);
    for (const line of formatProblems([problem], palette)) say(`${line}\n`);
    // Of a change in the cluster the exit code tells, whoever was told of it.
    if (changesCluster(command) && !flags.isOn('dry-run')) return;
    proc.once('exit', () => {
      proc.exitCode ||= exitCodes.failure;
    });
  });
}

/** Text for people, which is no wider than the terminal and holds no more than it can show. */
function sayOn(stream: NodeJS.WriteStream, { unicode }: Terminal): (text: string) => void {
  return (text) => {
    const shown = unicode ? text : withoutGlyphs(text);
    stream.write(fold(shown, stream.isTTY ? stream.columns : undefined));
  };
}

/** The stream is opened when something is said, which takes a while. */
function sayOnError(proc: NodeJS.Process, terminal: Terminal): (text: string) => void {
  return (text) => {
    const { stderr } = proc;
    if (stderr.listenerCount('error') === 0) stderr.on('error', () => {});
    sayOn(stderr, terminal)(text);
  };
}

async function run(
  proc: NodeJS.Process,
  { invocation: parsed, terminal, cancellation, cleanup, firstScreen, headStart }: Begun,
  palette: Palette,
  concluded: CommandContext['concluded'],
): Promise<ExitCode> {
  const usesWizard = opensWizard(parsed, terminal);
  const invocation: Invocation = usesWizard
    ? parsed
    : { ...parsed, problems: [...parsed.problems, ...withoutWizard(parsed)] };
  const context: CommandContext = {
    invocation,
    flags: invocation.flags,
    terminal,
    palette,
    env: proc.env,
    homeDirectory: homedir(),
    workingDirectory: proc.cwd(),
    packageRoot,
    headStart,
    // Opened when it is read: that loads streams, which not every command needs.
    get stdin() {
      return proc.stdin;
    },
    print: (text) => void proc.stdout.write(text),
    show: sayOn(proc.stdout, terminal),
    say: (text) => {
      firstScreen?.remove();
      sayOnError(proc, terminal)(text);
    },
    get ask() {
      return openAsk(proc, terminal, cancellation.signal);
    },
    frontEnd: () =>
      terminal.draws ? openScreen(proc, terminal, firstScreen) : openLines(proc, terminal, palette),
    signal: cancellation.signal,
    cleanup,
    endAtOnce: () => proc.exit(cancellation.exitCode() ?? exitCodes.cancelled),
    concluded,
  };
  const command = await (usesWizard ? loadWizard() : commands[invocation.command]());
  return command(context);
}

async function openScreen(
  proc: NodeJS.Process,
  terminal: Terminal,
  firstScreen: FirstScreen | undefined,
): Promise<FrontEnd> {
  const [{ openScreen: open }, { viewOf }] = await Promise.all([
    import('./ui/open-screen.ts'),
    import('./wizard/view/view-of.ts'),
  ]);
  const { colors, unicode } = terminal;
  const { stdin, stdout, env } = proc;
  const look = { colors, unicode, viewOf, firstScreen };
  const loadInk = () => import('./ui/open.tsx');
  return open({ ...look, stdin, stdout, env, signals: proc, loadInk });
}

async function openLines(
  { stdin, stdout }: NodeJS.Process,
  { unicode }: Terminal,
  palette: Palette,
): Promise<FrontEnd> {
  const [{ openPlain }, { viewOf }] = await Promise.all([
    import('./plain/wizard/open.ts'),
    import('./wizard/view/view-of.ts'),
  ]);
  return openPlain({ stdin, stdout, palette, unicode, viewOf });
}

function openAsk({ stdin, stdout }: NodeJS.Process, { draws }: Terminal, signal: AbortSignal): Ask {
  if (draws) return createAsk(signal);
  return createLineAsk({ stdin, write: (text) => void stdout.write(text), signal });
}
