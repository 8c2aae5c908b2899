import type { Helm, TemplateOptions } from '../cluster/types.ts';
import { DeployError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { helmJson } from '../values/helm-json.ts';
import type { Tree } from '../values/tree.ts';

/**
 * What `helm template` makes of values.
 * @throws DeployError (2) in helm's words where the chart refuses the values
 */
export async function renderValues(
  helm: Helm,
  values: Tree,
  options: Omit<TemplateOptions, 'values'>,
): Promise<string> {
  const rendered = await helm.template({ ...options, values: helmJson(values) });
  if (rendered.ok) return rendered.value;
  const { message, detail, next } = rendered.failure;
  throw new DeployError(exitCodes.usage, { message, why: detail, next });
}
