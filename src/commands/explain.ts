import { catalogue } from '../checks/catalogue.ts';
import { referenceOf } from '../checks/reference.ts';
import { DeployError } from '../errors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { formatCheck, formatChecks } from '../plain/reference-lines.ts';
import { suggest } from '../suggest.ts';
import { type CommandContext, wantsJson } from './context.ts';
import { refuseProblems } from './refuse.ts';

/** `explain [ID]`: what the checks look at and why; asks no cluster. */
export async function explain(context: CommandContext): Promise<ExitCode> {
  refuseProblems(exitCodes.usage, context.invocation.problems);
  const [id] = context.invocation.operands;
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
  const plain = wanted.map(referenceOf);
  const [first] = plain;
  if (id === undefined || !first)
    context.print(
      wantsJson(context) ? `${JSON.stringify(plain)}\n` : formatChecks(plain, context.palette),
    );
  else
    context.print(
      wantsJson(context) ? `${JSON.stringify(first)}\n` : formatCheck(first, context.palette),
    );
  return exitCodes.done;
}
