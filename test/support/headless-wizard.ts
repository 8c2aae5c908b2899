import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { parseInvocation } from '../../src/cli/parse.ts';
import type { CommandContext } from '../../src/commands/context.ts';
import { wizard } from '../../src/commands/wizard/wizard.ts';
import type { ExitCode } from '../../src/exit-codes.ts';
import { createCleanup } from '../../src/files/cleanup.ts';
import { createPalette } from '../../src/plain/palette.ts';
import type { Phase, WizardState } from '../../src/wizard/state.ts';
import type { WizardStore } from '../../src/wizard/store.ts';
import { packageRoot } from './terminal.ts';
import { keyEvent } from './wizard.ts';

export interface WizardRun {
  readonly state: () => WizardState;
  /** Keys by name; any other text is typed. */
  readonly press: (...keys: readonly string[]) => void;
  /** Puts the cursor on an option of the open question, and takes it. */
  readonly choose: (value: string) => void;
  readonly until: (
    holds: (state: WizardState) => boolean,
    milliseconds?: number,
  ) => Promise<WizardState>;
  /** Waits for a phase; another one that needs the user fails at once, with what it says. */
  readonly phase: <Name extends Phase['name']>(
    name: Name,
    milliseconds?: number,
  ) => Promise<Extract<Phase, { name: Name }>>;
  /** As SIGTERM would. */
  readonly signal: () => void;
  readonly said: () => string;
  readonly exit: Promise<ExitCode>;
}

export interface WizardOptions {
  readonly args?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly directory: string;
}

/** The wizard with everything but its screen: keys go in, the state is looked at. */
export async function openWizard({ args = [], env, directory }: WizardOptions): Promise<WizardRun> {
  const controller = new AbortController();
  const cleanup = createCleanup();
  let said = '';
  let opened: (store: WizardStore) => void = () => {};
  const opening = new Promise<WizardStore>((resolve) => {
    opened = resolve;
  });
  // Each run has a state folder of its own working directory, as its user would.
  const environment = {
    PATH: process.env.PATH ?? '',
    HOME: tmpdir(),
    XDG_STATE_HOME: join(directory, 'state'),
    ...env,
  };
  const invocation = parseInvocation(args, environment);
  const terminal = { interactive: true, draws: true, colors: false, unicode: true };
  const context: CommandContext = {
    invocation,
    flags: invocation.flags,
    terminal,
    palette: createPalette(terminal),
    env: environment,
    homeDirectory: tmpdir(),
    workingDirectory: directory,
    packageRoot,
    stdin: process.stdin,
    print: (text) => {
      said += text;
    },
    show: (text) => {
      said += text;
    },
    say: (text) => {
      said += text;
    },
    ask: unasked,
    frontEnd: async () => ({ run: (store) => runHeadless(store, opened) }),
    signal: controller.signal,
    cleanup,
    endAtOnce: () => {},
    concluded: () => {},
  };
  const exit = wizard(context);
  const store = await Promise.race([opening, exit.then(() => opening)]);
  onTestFinished(async () => {
    while (store.state().phase.name !== 'left') store.dispatch({ type: 'interrupt' });
    await exit.catch(() => {});
    cleanup.run();
  });
  const until: WizardRun['until'] = (holds, milliseconds = 60_000) =>
    untilState(store, holds, milliseconds);
  const press: WizardRun['press'] = (...keys) => {
    for (const key of keys) store.dispatch(keyEvent(key));
  };
  return {
    state: store.state,
    press,
    choose: (value) => {
      const { options } = store.state().derived;
      const index = options.findIndex((option) => option.value === value);
      if (index === -1)
        throw new Error(`no ${value} among ${options.map((option) => option.value).join(', ')}`);
      press('home', ...Array.from({ length: index }, () => 'down'), 'enter');
    },
    until,
    phase: async (name, milliseconds) => {
      const waits = ['asking', 'planning', 'applying'];
      const { phase } = await until(
        (state) => state.phase.name === name || !waits.includes(state.phase.name),
        milliseconds,
      );
      if (phase.name !== name) throw new Error(`not ${name}: ${JSON.stringify(phase)}`);
      return phase as never;
    },
    signal: () => controller.abort(),
    said: () => said,
    exit,
  };
}

function runHeadless(store: WizardStore, opened: (store: WizardStore) => void): Promise<void> {
  opened(store);
  return untilState(store, ({ phase }) => phase.name === 'left', 600_000).then(() => {});
}

function untilState(
  store: WizardStore,
  holds: (state: WizardState) => boolean,
  milliseconds: number,
): Promise<WizardState> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      unsubscribe();
      const { phase, focus, draft, world } = store.state();
      const seen = { phase, focus, draft, connection: world.connection, problems: world.problems };
      reject(new Error(`not within ${milliseconds} ms: ${JSON.stringify(seen)}`));
    }, milliseconds);
    const look = () => {
      if (!holds(store.state())) return;
      clearTimeout(timer);
      unsubscribe();
      resolve(store.state());
    };
    const unsubscribe = store.subscribe(look);
    look();
  });
}

const refuse = async () => {
  throw new Error('the wizard asks nothing in this way');
};
const unasked: CommandContext['ask'] = { confirm: refuse, choose: refuse, typed: refuse };
