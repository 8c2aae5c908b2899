import type { NamedAction } from '../../wizard/actions.ts';
import { emptyEntry } from '../../wizard/entry.ts';
import { bindingFor } from '../../wizard/keys.ts';
import { placeOf, valueAt } from '../../wizard/list.ts';
import { isUnseenReview } from '../../wizard/look-again.ts';
import { isOutdated } from '../../wizard/lost.ts';
import type { WizardState } from '../../wizard/state.ts';
import { findStep } from '../../wizard/steps.ts';
import { listOf } from '../../wizard/surface.ts';
import type { EndBody, View } from '../../wizard/view.ts';
import type { Palette } from '../palette.ts';
import { formatProblems } from '../problems.ts';
import { findOption, optionLines } from './option-lines.ts';
import { answer, type Prompt, type Reply, say, send } from './prompt.ts';
import { questionPrompt } from './question-prompt.ts';
import { reviewPrompt } from './review-prompt.ts';
import { uninstallPrompt } from './uninstall-prompt.ts';

interface PromptOptions {
  readonly palette: Palette;
  /** Words that narrow a long list. */
  readonly narrowed: string | undefined;
}

/** What is asked in a state; undefined where something is waited for or only to be read. */
export function promptOf(
  state: WizardState,
  view: View,
  { palette, narrowed }: PromptOptions,
): Prompt | undefined {
  const { body } = view;
  const key = keyOf(state);
  switch (body.kind) {
    case 'question': {
      const overlay = state.overlays.at(-1)?.kind;
      return questionPrompt(view, body, {
        key,
        narrowed,
        standing: standingAnswer(state),
        isVerbatim: overlay === 'value',
        isOverlay: overlay !== undefined,
        // Of a list that was opened to look something up, nothing has to be chosen.
        isOptional: overlay !== undefined && overlay !== 'value',
        isSecret: overlay === undefined && findStep(state.focus.step)?.field === 'secret',
        isKept: state.secrets[state.focus.step] !== undefined,
      });
    }
    case 'review':
      return reviewPrompt(body, key, {
        palette,
        canLookAgain: bindingFor(state, 'again') !== undefined,
      });
    case 'ledger':
      return uninstallPrompt(body, key, palette);
    case 'blocked':
      return shortPrompt(
        key,
        [
          '',
          ...formatProblems(body.problems, palette),
          ...(body.note === undefined ? [] : [body.note]),
        ],
        'Enter to look again, or back or quit: ',
        send({ type: 'act', action: 'choose' }),
      );
    case 'lines':
      return state.overlays.at(-1)?.kind === 'finding'
        ? findingPrompt(state, body, key)
        : undefined;
    case 'end':
      return body.options.length === 0 ? undefined : endPrompt(body, key);
    default:
      return undefined;
  }
}

/** What the question starts with, whatever was tried since; undefined where nothing is chosen. */
function standingAnswer(state: WizardState) {
  const list = listOf(state);
  const place = placeOf(emptyEntry, list);
  if (place.index === -1 && list.field === 'none') return undefined;
  return { value: valueAt(place), index: place.index };
}

/** Names what is asked: phase, step, what lies over it. */
function keyOf(state: WizardState): string {
  const { phase, focus, overlays, plans, draft, world } = state;
  const over = overlays.map((overlay) => [
    overlay.kind,
    overlay.kind === 'value'
      ? overlay.path
      : overlay.kind === 'finding'
        ? overlay.finding.check
        : '',
  ]);
  // Additions are asked again after each one, as a new question.
  const added = focus.step === 'additions' ? draft.presets : [];
  // That the cluster answers at last is worth to be told.
  const isReached = isUnseenReview(state) && world.connection === 'connected';
  const asked = phase.name === 'asking' ? focus.step : plans;
  return JSON.stringify([phase.name, asked, added, over, isReached, isOutdated(state)]);
}

function shortPrompt(key: string, lines: readonly string[], ask: string, onEnter: Reply): Prompt {
  return {
    key,
    lines,
    problem: undefined,
    ask,
    isSecret: false,
    needsFreshLine: false,
    read: (line) => (line.trim() === '' ? onEnter : say('Type one of the commands, or ?')),
  };
}

/** One finding, explained; an option that cannot work leads here, too. */
function findingPrompt(
  state: WizardState,
  { title, lines }: Extract<View['body'], { kind: 'lines' }>,
  key: string,
): Prompt {
  const can = (action: NamedAction, words: string) => (bindingFor(state, action) ? [words] : []);
  const ways = [...can('mend', 'mend'), ...can('skip', 'pass'), 'Enter to go back'];
  return shortPrompt(
    key,
    ['', title, ...lines.map(({ text }) => `  ${text}`)],
    `${ways.join(', ')}: `,
    send({ type: 'act', action: 'back' }),
  );
}

/** What can be done after a failure; how it ended was told already. */
function endPrompt({ options }: EndBody, key: string): Prompt {
  return {
    key,
    lines: ['', 'What now?', ...optionLines(options, '')],
    problem: undefined,
    ask: 'Number: ',
    isSecret: false,
    needsFreshLine: true,
    read: (line) => {
      const option = findOption(line.trim(), options, '');
      if (line.trim() !== '' && option) return answer(option.value);
      return say(`Type a number from 1 to ${options.length}, or quit.`);
    },
  };
}
