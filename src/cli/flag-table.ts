import { questions } from '../questions/catalogue.ts';
import { type Question, sections, yesNo } from '../questions/question.ts';
import type { Flag } from './flag.ts';
import { changeFlags } from './flag-table/change.ts';
import { checkFlags } from './flag-table/check.ts';
import { screenFlags } from './flag-table/screen.ts';
import { targetFlags } from './flag-table/target.ts';
import { valuesFlags } from './flag-table/values.ts';

/** Every flag; one that stands in two groups is read in the same way and may offer more in one. */
export const flagTable: readonly Flag[] = [
  ...targetFlags,
  ...valuesFlags,
  ...changeFlags,
  ...checkFlags,
  ...targetFlags.filter(isRendered).map((flag) => ({ ...flag, group: 'render' }) as const),
  ...screenFlags,
  ...questions.map(questionFlag),
];

/** What a template may read of the target without a cluster. */
function isRendered({ name }: Flag): boolean {
  return name === 'namespace' || name === 'release';
}

function questionFlag({ flag, section, placeholder, choices, help }: Question): Flag {
  const parts = { name: flag, group: 'questions', heading: sections[section], help } as const;
  if (choices === yesNo) return { ...parts, kind: 'boolean', hasOpposite: true };
  return { ...parts, kind: 'text', placeholder, ...(choices && { choices }) };
}
