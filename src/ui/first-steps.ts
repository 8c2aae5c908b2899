import schema from '../../charts/xerv/values.schema.json';
import type { ChartSchema } from '../values/chart-schema.ts';
import { initialState } from '../wizard/initial.ts';
import { chromeOf } from '../wizard/view/chrome.ts';
import type { StepMark } from '../wizard/view.ts';

/**
 * The steps of the wizard before anything is known: it looks for the target first. Data only: the
 * build puts in what this module makes, and leaves out the wizard that makes it.
 */
export const firstSteps: Readonly<Record<'install' | 'uninstall', readonly StepMark[]>> = {
  install: stepsOf('install'),
  uninstall: stepsOf('uninstall'),
};

function stepsOf(intent: 'install' | 'uninstall'): readonly StepMark[] {
  const { steps } = chromeOf(initialState({ schema: schema as ChartSchema, draft: { intent } }));
  return steps.map(({ label }, index) => ({ label, state: index === 0 ? 'current' : 'open' }));
}
