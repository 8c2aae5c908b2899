import { type ChartSchema, schemaValues } from '../../values/chart-schema.ts';
import { canFilter, placeOf } from '../list.ts';
import type { Overlay } from '../overlay.ts';
import { overlayLines } from '../overlay-lines.ts';
import type { WizardState } from '../state.ts';
import { listOf } from '../surface.ts';
import type { Body, QuestionBody } from '../view.ts';
import { inputView } from './input.ts';
import { optionView } from './options.ts';

/** What lies over the question or the review. */
export function overlayBody(state: WizardState, overlay: Overlay): Body {
  switch (overlay.kind) {
    case 'findings':
      return listBody(state, overlay, 'Findings', 'Enter explains one.');
    case 'advanced':
      return listBody(state, overlay, 'Which value?', 'Every value of the chart; type to filter.');
    case 'value':
      return listBody(state, overlay, overlay.path, documentationOf(state.schema, overlay.path));
    case 'skip': {
      const { check, message } = overlay.finding;
      return listBody(state, overlay, `Why let ${check} pass?`, message);
    }
    default: {
      const { title, lines } = overlayLines(state, overlay);
      const scroll = Math.min(overlay.entry.scroll, Math.max(0, lines.length - 1));
      return { kind: 'lines', title, lines, scroll };
    }
  }
}

function listBody(state: WizardState, overlay: Overlay, title: string, help: string): QuestionBody {
  const { entry } = overlay;
  const list = listOf(state);
  const place = placeOf(entry, list);
  return {
    kind: 'question',
    title,
    help,
    options: place.options.map((option) =>
      optionView(option, { isCurrent: option.value === list.preselected }),
    ),
    optionCount: list.options.length,
    cursor: place.index,
    filter: canFilter(list) ? entry.filter : undefined,
    isFiltering: entry.isFiltering,
    input: list.field === 'none' ? undefined : inputView(place, placeholderOf(overlay), false),
    problem: entry.problem,
    findings: undefined,
    changes: undefined,
  };
}

function placeholderOf({ kind }: Overlay): string {
  return kind === 'skip' ? 'the reason, which is recorded' : 'a value as JSON';
}

function documentationOf(schema: ChartSchema, path: string): string {
  const described = schemaValues(schema).find((value) => value.path === path);
  if (!described) return '';
  const fallback = JSON.stringify(described.fallback);
  return `${described.description} Default: ${fallback}`;
}
