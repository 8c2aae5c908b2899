import type { Problem } from '../errors.ts';
import { indented } from './indented.ts';
import type { Palette } from './palette.ts';

/**
 * Problems as lines: what happened, where and why, what to do next. Where a message names its place
 * itself, it is not said twice.
 */
export function formatProblems(problems: readonly Problem[], palette: Palette): string[] {
  return problems.flatMap((problem) => {
    const said = problem.where === undefined || problem.message.includes(problem.where);
    const where = said ? '' : palette.faint(` (${problem.where})`);
    return [
      `${palette.bad(`${palette.signs.failed} Error:`)} ${problem.message}${where}`,
      ...detail(problem.why),
      ...detail(problem.next, palette),
    ];
  });
}

function detail(text: string | undefined, palette?: Palette): string[] {
  if (text === undefined) return [];
  return indented(text, 4).map((line) => (palette ? palette.strong(line) : line));
}
