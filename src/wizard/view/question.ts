import type { Problem } from '../../errors.ts';
import { formatChanges } from '../../values/diff.ts';
import { canFilter, placeOf } from '../list.ts';
import { isAway } from '../look-again.ts';
import type { WizardState } from '../state.ts';
import { findStep } from '../steps.ts';
import { listOf } from '../surface.ts';
import type { QuestionBody } from '../view.ts';
import { whyAway } from './away.ts';
import { findingsView } from './findings.ts';
import { inputView } from './input.ts';
import { optionView } from './options.ts';

/** The question that is asked. */
export function questionBody(state: WizardState): QuestionBody {
  const { focus, assumed, secrets, world } = state;
  const step = findStep(focus.step);
  const isAboutValues = assumed !== undefined && step?.label !== 'Target';
  const list = listOf(state);
  const place = placeOf(focus, list);
  const isSecret = list.field === 'secret';
  const isKept = isSecret && secrets[focus.step] !== undefined;
  const placeholder = isKept ? 'given; type to replace it' : (step?.placeholder ?? '');
  const current = step?.current ? step.current(state) : list.preselected;
  const live = step?.live?.(state);
  const look = assumed && world.looks[assumed.key];
  const failed = look?.state === 'failed' ? look.problems[0] : undefined;
  return {
    kind: 'question',
    title: step?.title ?? '',
    help: step?.helpNow?.(state) ?? step?.help ?? '',
    options: place.options.map((option) =>
      optionView(option, {
        isCurrent: option.value === current,
        isLive: option.value === live,
      }),
    ),
    optionCount: list.options.length,
    cursor: place.index,
    filter: canFilter(list) || focus.filter !== '' ? focus.filter : undefined,
    isFiltering: focus.isFiltering,
    input: list.field === 'none' ? undefined : inputView(place, placeholder, isSecret),
    problem: focus.problem ?? (isAway(state) ? whyAway(world) : failed),
    notice: isAnswering(state) ? undefined : loginNotice(world.loginWords),
    findings: isAboutValues ? findingsView(state) : undefined,
    changes: isAboutValues ? formatChanges(assumed?.changes ?? []) : undefined,
  };
}

/** Whether the cluster answers: then nobody has to log in. */
function isAnswering({ world, assumed }: WizardState): boolean {
  const look = assumed && world.looks[assumed.key];
  return world.connection === 'connected' && (assumed === undefined || look !== undefined);
}

function loginNotice(words: readonly string[]): Problem | undefined {
  if (words.length === 0) return undefined;
  return { message: 'Your login program says:', why: words.join('\n') };
}
