import * as z from 'zod/mini';
import type { Api } from '../cluster/types.ts';
import type { Problem } from '../errors.ts';
import type { Capabilities } from '../values/chart-capabilities.ts';

const versionSchema = z.looseObject({ gitVersion: z.string() });
const groupsSchema = z.looseObject({
  groups: z.array(
    z.looseObject({ versions: z.array(z.looseObject({ groupVersion: z.string() })) }),
  ),
});

/** Asks the API server for its version and the APIs that it serves. */
export async function readServedApis(
  api: Api,
  signal: AbortSignal,
): Promise<
  | { readonly ok: true; readonly served: Capabilities }
  | { readonly ok: false; readonly problem: Problem }
> {
  const [version, groups] = await Promise.all([
    api.get('/version', versionSchema, signal),
    api.get('/apis', groupsSchema, signal),
  ]);
  if (!version.ok || !groups.ok) {
    const failure = version.ok ? (groups.ok ? undefined : groups.failure) : version.failure;
    return {
      ok: false,
      problem: {
        message: 'The cluster does not report its Kubernetes version.',
        ...(failure && { why: failure.message }),
      },
    };
  }
  return {
    ok: true,
    served: {
      kubeVersion: version.value.gitVersion,
      apiVersions: [
        'v1',
        ...groups.value.groups.flatMap(({ versions }) =>
          versions.map(({ groupVersion }) => groupVersion),
        ),
      ],
    },
  };
}
