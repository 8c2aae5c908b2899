import { type ChartSchema, schemaValues } from '../values/chart-schema.ts';
import { maskNode } from '../values/mask.ts';
import { parsePath } from '../values/path.ts';
import { getNode, type Node, type Tree } from '../values/tree.ts';
import type { Choice, List } from './list.ts';
import type { WizardState } from './state.ts';

/** Every value of the chart with what it is now, to choose one that is edited. */
export function advancedChoices(schema: ChartSchema, effective: Tree): readonly Choice[] {
  return schemaValues(schema).map(({ path }) => ({
    value: path,
    label: path,
    description: short(shownValue(effective, path)),
  }));
}

/** One value: true and false to choose from, or its JSON to edit. */
export function editedValueList(state: WizardState, path: string): List {
  const shown = shownValue(state.derived.replay.effective, path);
  if (shown !== 'true' && shown !== 'false')
    return { options: [], preselected: shown, field: 'text' };
  const options = ['true', 'false'].map((value) => ({ value, label: value, description: '' }));
  return { options, preselected: shown, field: 'none' };
}

/** A value as JSON; what may be secret is masked. */
function shownValue(effective: Tree, path: string): string {
  const steps = parsePath(path) ?? [];
  const node: Node = getNode(effective, steps) ?? null;
  return JSON.stringify(maskNode(node, String(steps.at(-1) ?? '')));
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}
