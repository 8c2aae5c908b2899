import { DeployError } from '../errors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { formatPresets } from '../plain/reference-lines.ts';
import { type CommandContext, wantsJson } from './context.ts';
import { readPreset, readPresets, unknownPreset } from './preset-files.ts';
import { refuseProblems } from './refuse.ts';

/** `presets [NAME]`: lists the presets, or prints one as it is. */
export async function presets(context: CommandContext): Promise<ExitCode> {
  refuseProblems(exitCodes.usage, context.invocation.problems);
  const [name] = context.invocation.operands;
  const all = await readPresets(context.packageRoot);
  if (name === undefined) {
    if (wantsJson(context))
      context.print(
        `${JSON.stringify(all.map(({ name, title, summary, needs, warnings }) => ({ name, title, summary, needs, warnings })))}\n`,
      );
    else context.print(formatPresets(all, context.palette));
    return exitCodes.done;
  }
  const preset = await readPreset(context.packageRoot, name);
  if (!preset)
    throw new DeployError(
      exitCodes.usage,
      unknownPreset(
        name,
        all.map((known) => known.name),
      ),
    );
  if (wantsJson(context)) {
    const { title, summary, needs, warnings, values } = preset;
    context.print(`${JSON.stringify({ name, title, summary, needs, warnings, values })}\n`);
  } else context.print(preset.text);
  return exitCodes.done;
}
