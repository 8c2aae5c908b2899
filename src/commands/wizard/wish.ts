import { readTextFile } from '../../files/read-text.ts';
import { parseDocument } from '../../values/parse-document.ts';
import type { PlanRequest } from '../../wizard/plan.ts';
import { withSecrets } from '../../wizard/request.ts';
import { chartOf } from '../chart.ts';
import type { CommandContext } from '../context.ts';
import type { Wish } from '../prepare.ts';
import type { ValuesInput } from '../values-input.ts';

/** What the wizard asks for, as `plan` and `install` ask for it. */
export async function wishOf(context: CommandContext, request: PlanRequest): Promise<Wish> {
  const { intent, resetValues, skips, files } = request.draft;
  const isChange = intent === 'change';
  return {
    chart: chartOf(context, []),
    skips: new Map(Object.entries(skips)),
    input: {
      layers: withSecrets(request),
      presets: [],
      topmostFile: await readTopmost(context, files.at(-1)),
      warnings: [],
    },
    action: isChange ? 'upgrade' : 'install',
    startsFromLive: isChange && !resetValues,
    writesValuesFile: true,
    findsNoEffect: false,
  };
}

/** The file whose comments stay; its values are in the request, as they were read. */
async function readTopmost(
  { stdin }: CommandContext,
  path: string | undefined,
): Promise<ValuesInput['topmostFile']> {
  if (path === undefined) return undefined;
  const text = await readTextFile(path, { stdin }).catch(() => undefined);
  const parsed = text === undefined ? undefined : parseDocument(text, path);
  return parsed?.ok ? { path, document: parsed.document } : undefined;
}
