import type { Release } from '../../cluster/types.ts';
import { userValues } from '../../values/layers.ts';
import { takeSecrets } from '../../values/secrets.ts';
import type { Tree } from '../../values/tree.ts';
import type { LiveRelease } from '../../wizard/plan.ts';

/** What users gave to the live release; a URL with a password is a Secret's matter already. */
export function liveOf({
  revision,
  values,
  name,
}: Pick<Release, 'revision' | 'values' | 'name'>): LiveRelease {
  const origin = { kind: 'live', revision } as const;
  const { layers } = takeSecrets(
    [{ origin, values: values as Tree }],
    (backend) => `${name}-${backend}`,
  );
  return { revision, values: userValues(layers) };
}
