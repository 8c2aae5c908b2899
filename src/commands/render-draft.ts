import type { CommandContext } from './context.ts';
import type { Draft } from './draft.ts';
import { renderValues } from './render-values.ts';

/**
 * The manifest of a draft, for this cluster.
 * @throws DeployError (2) in helm's words where the chart refuses the values
 */
export function renderDraft(context: CommandContext, draft: Draft): Promise<string> {
  const { session, chart, served, live, values, early } = draft;
  const begun = early?.take({ values, served, ...session.target });
  if (begun) return begun;
  return renderValues(session.helm, values, {
    chart,
    release: session.target.release,
    namespace: session.target.namespace,
    kubeVersion: served.kubeVersion,
    apiVersions: served.apiVersions,
    isUpgrade: live !== undefined,
    signal: context.signal,
  });
}
