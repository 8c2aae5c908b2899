import { PassThrough } from 'node:stream';
import { catalogue } from '../../src/checks/catalogue.ts';
import type { Finding } from '../../src/checks/types.ts';
import { createPalette } from '../../src/plain/palette.ts';
import { openPlain } from '../../src/plain/wizard/open.ts';
import type { WizardEvent } from '../../src/wizard/events.ts';
import { type InitialInput, initialState } from '../../src/wizard/initial.ts';
import type { Ledger, Reviewed } from '../../src/wizard/plan.ts';
import { reduce } from '../../src/wizard/reduce.ts';
import type { WizardState } from '../../src/wizard/state.ts';
import { createStore } from '../../src/wizard/store.ts';
import { viewOf } from '../../src/wizard/view/view-of.ts';
import { wantedOf } from '../../src/wizard/wanted.ts';
import { chartSchema } from './chart-schema.ts';
import { playground, presets, someLedger, someReview, target } from './wizard.ts';

export interface PlainWizardOptions extends Partial<InitialInput> {
  /** Findings to certain values. */
  readonly look?: (state: WizardState) => readonly Finding[];
  readonly reviewed?: Partial<Reviewed>;
  readonly ledger?: Partial<Ledger>;
  readonly connected?: Extract<WizardEvent, { type: 'world' }>['world'];
  /** What the apply tells, by how often it was begun. */
  readonly applies?: readonly (readonly Extract<WizardEvent, { type: 'release' }>['event'][])[];
  readonly unicode?: boolean;
  readonly columns?: number;
}

/** The plain wizard on a script of lines, with a real reducer and an outside made of fixtures. */
export function openPlainWizard(options: PlainWizardOptions = {}) {
  const { look = () => [], applies = [], unicode = true, columns = 100, world, ...input } = options;
  const store = createStore(
    initialState({
      schema: chartSchema,
      ...input,
      world: { contexts: [playground], presets, checks: catalogue, ...world },
    }),
    reduce,
  );
  const served = new Set<string>();
  let applied = 0;
  const serve = () => {
    for (const wanted of wantedOf(store.state())) {
      if (served.has(wanted.key)) continue;
      served.add(wanted.key);
      queueMicrotask(() => answer(wanted));
    }
  };
  const answer = (wanted: ReturnType<typeof wantedOf>[number]) => {
    const { key } = wanted;
    switch (wanted.kind) {
      case 'connect': {
        const { namespace, release } = wanted;
        const seen = {
          connection: 'connected',
          kubernetes: '1.33',
          target: { ...target, namespace, release },
          ...options.connected,
        } as const;
        return store.dispatch({ type: 'world', key, world: seen });
      }
      case 'checks':
        return store.dispatch({ type: 'world', world: { checks: catalogue } });
      case 'look': {
        const findings = look(store.state());
        return store.dispatch({
          type: 'looked',
          key,
          look: { state: 'done', findings, problems: [] },
        });
      }
      case 'plan':
        return wanted.request.draft.intent === 'uninstall'
          ? store.dispatch({
              type: 'ledger',
              ledger: { ...someLedger, ...options.ledger, id: key },
            })
          : store.dispatch({
              type: 'reviewed',
              reviewed: { ...someReview, ...options.reviewed, id: key },
            });
      case 'apply':
        for (const event of applies[applied++] ?? []) store.dispatch({ type: 'release', event });
        return;
      default:
        return;
    }
  };
  store.subscribe(serve);
  serve();

  const stdin = new PassThrough();
  let written = '';
  let seen = 0;
  const frontEnd = openPlain({
    stdin,
    stdout: {
      columns,
      write: (text) => {
        written += text;
      },
    },
    palette: createPalette({ colors: false, unicode }),
    unicode,
    viewOf,
    patience: { connection: 2000, findings: 2000 },
  });
  const exit = frontEnd.run(store);

  /** Waits for a text behind what was waited for before. @returns what was written until then */
  const until = async (pattern: RegExp | string) => {
    const end = Date.now() + 5000;
    for (;;) {
      const rest = written.slice(seen);
      const found = typeof pattern === 'string' ? rest.indexOf(pattern) : rest.search(pattern);
      if (found !== -1) {
        const length =
          typeof pattern === 'string' ? pattern.length : (pattern.exec(rest)?.[0].length ?? 0);
        seen += found + length;
        return rest.slice(0, found + length);
      }
      if (Date.now() > end) throw new Error(`no ${pattern} in:\n${rest}\nof:\n${written}`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  };
  return {
    store,
    exit,
    until,
    transcript: () => written,
    type: (line: string) => stdin.write(`${line}\n`),
    end: () => stdin.end(),
    /** Waits for each text, then types the line beside it. */
    play: async (...script: readonly (readonly [RegExp | string, string])[]) => {
      for (const [pattern, line] of script) {
        await until(pattern);
        stdin.write(`${line}\n`);
      }
    },
  };
}
