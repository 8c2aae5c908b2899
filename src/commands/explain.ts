import { catalogue } from '../checks/catalogue.ts';
import { DeployError } from '../errors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { suggest } from '../suggest.ts';
import { type CommandContext, wantsJson } from './context.ts';
import { refuseProblems } from './refuse.ts';

/** `explain [ID]`: what the checks look at and why; asks no cluster. */
export async function explain(context: CommandContext): Promise<ExitCode> {
  refuseProblems(exitCodes.usage, context.invocation.problems);
  const [id] = context.invocation.operands;
  const { strong } = context.palette;
  const wanted =
    id === undefined ? catalogue : catalogue.filter((check) => check.id === id.toUpperCase());
  if (wanted.length === 0) {
    const near = suggest(
      id ?? '',
      catalogue.map((check) => check.id),
    );
    throw new DeployError(exitCodes.usage, {
      message: `There is no check "${id}"${near ? `. Did you mean ${near}?` : ''}`,
      next: 'All checks: create-xerv-deploy explain',
    });
  }
  if (wantsJson(context)) {
    const plain = wanted.map(({ id, category, title, why, reads }) => ({
      id,
      category,
      title,
      why,
      reads,
    }));
    context.print(`${JSON.stringify(id === undefined ? plain : plain[0])}\n`);
  } else if (id === undefined) {
    for (const check of wanted) context.print(`${strong(check.id)}  ${check.title}\n`);
  } else {
    const [check] = wanted;
    if (check)
      context.print(
        `${strong(`${check.id}  ${check.title}`)}\n\n${check.why}\n\nReads: ${check.reads}\n`,
      );
  }
  return exitCodes.done;
}
