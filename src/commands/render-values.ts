import type { Helm, TemplateOptions } from '../cluster/types.ts';
import { DeployError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Cleanup } from '../files/cleanup.ts';
import { makePrivateDirectory } from '../files/private-directory.ts';
import { helmJson } from '../values/helm-json.ts';
import type { Tree } from '../values/tree.ts';
import type { CommandContext } from './context.ts';
import type { Draft } from './draft.ts';

/**
 * What `helm template` makes of values. They reach helm in a file of a private directory.
 * @throws DeployError (2) in helm's words where the chart refuses the values
 */
export async function renderValues(
  helm: Helm,
  cleanup: Cleanup,
  values: Tree,
  options: Omit<TemplateOptions, 'valuesFiles'>,
): Promise<string> {
  const directory = await makePrivateDirectory(cleanup);
  try {
    const file = await directory.write('values.json', helmJson(values));
    const rendered = await helm.template({ ...options, valuesFiles: [file] });
    if (rendered.ok) return rendered.value;
    const { message, detail, next } = rendered.failure;
    throw new DeployError(exitCodes.usage, { message, why: detail, next });
  } finally {
    await directory.dispose();
  }
}

/**
 * The manifest of a draft, for this cluster.
 * @throws DeployError (2) in helm's words where the chart refuses the values
 */
export function renderDraft(context: CommandContext, draft: Draft): Promise<string> {
  const { session, chart, served, live, values, early } = draft;
  const begun = early?.take({ values, served, ...session.target });
  if (begun) return begun;
  return renderValues(session.helm, context.cleanup, values, {
    chart,
    release: session.target.release,
    namespace: session.target.namespace,
    kubeVersion: served.kubeVersion,
    apiVersions: served.apiVersions,
    isUpgrade: live !== undefined,
    signal: context.signal,
  });
}
