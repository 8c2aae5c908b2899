import { expect, it } from 'vitest';
import { mergePatch } from '../../../src/cluster/merge-patch.ts';
import { mergePatchOf } from '../../../src/release/dry-run/as-helm-3.ts';

const claim = { name: 'data', persistentVolumeClaim: { claimName: 'xerv-data' } };
const scratch = { name: 'data', emptyDir: {} };

it('takes away what only the former manifest had, and leaves what others set', () => {
  const former = { metadata: { labels: { old: 'yes' } }, spec: { volumes: [claim], replicas: 3 } };
  const wanted = { metadata: { labels: { app: 'xerv' } }, spec: { volumes: [scratch] } };
  const patch = mergePatchOf(former, wanted);
  expect(patch).toEqual({
    metadata: { labels: { old: null, app: 'xerv' } },
    spec: { volumes: [scratch], replicas: null },
  });
  const live = {
    metadata: { labels: { old: 'yes', theirs: 'too' }, uid: 'u' },
    spec: { volumes: [claim], replicas: 3, paused: true },
  };
  expect(mergePatch(live, patch)).toEqual({
    metadata: { labels: { app: 'xerv', theirs: 'too' }, uid: 'u' },
    spec: { volumes: [scratch], paused: true },
  });
});
