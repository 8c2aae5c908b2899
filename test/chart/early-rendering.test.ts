import { homedir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { ensureTools } from '../../scripts/tools.mjs';
import { readFlagValues } from '../../src/cli/flag-values.ts';
import type { CommandContext } from '../../src/commands/context.ts';
import { beginRendering } from '../../src/commands/early-rendering.ts';
import { createOfflineHelm } from '../../src/commands/offline-helm.ts';
import { renderValues } from '../../src/commands/render-values.ts';
import { createCleanup } from '../../src/files/cleanup.ts';
import type { Tree } from '../../src/values/tree.ts';
import { bases } from '../support/questions.ts';
import { chart } from '../support/render.ts';

const { helm4 } = await ensureTools({ log: () => {} });
const context = {
  env: { PATH: process.env.PATH, HOME: homedir(), XERV_DEPLOY_HELM: helm4 },
  flags: readFlagValues(new Map([['namespace', ['ours']]])),
  cleanup: createCleanup(),
} as unknown as CommandContext;
const bundled = { reference: chart, bundled: true };
const served = {
  kubeVersion: 'v1.36.3',
  apiVersions: ['v1', 'apps/v1', 'monitoring.coreos.com/v1'],
};
const place = { namespace: 'ours', release: 'xerv' };
const { signal } = new AbortController();

const begin = (values: Tree, of = bundled) =>
  beginRendering(context, of, [{ origin: { kind: 'file', path: 'a' }, values }], signal);

describe('a rendering that was begun before the cluster answered', () => {
  test.each(['production-raft', 'observability'])(
    'is what would have been rendered for it (%s)',
    async (preset) => {
      const values = bases[preset] ?? {};
      const taken = await begin(values)?.take({ values, served, ...place });
      const late = await renderValues(createOfflineHelm(helm4, context), values, {
        chart: bundled,
        ...place,
        ...served,
        isUpgrade: true,
        signal,
      });
      expect(taken).toBe(late);
    },
  );

  test.each([
    ['values', { values: { replicaCount: 3 } }],
    ['namespace', { namespace: 'theirs' }],
    ['release', { release: 'other' }],
    ['cluster', { served: { ...served, apiVersions: ['security.openshift.io/v1'] } }],
  ])('is not taken for other %s', (_, other) => {
    const wanted = { values: {}, served, ...place, ...other };
    expect(begin({})?.take(wanted)).toBeUndefined();
  });

  test('refuses what the chart refuses, in helm’s words', async () => {
    // The schema allows it.
    const values = { dispatch: { backend: 'redis' } };
    await expect(begin(values)?.take({ values, served, ...place })).rejects.toMatchObject({
      exitCode: 2,
    });
  });

  test('is not begun for another chart, nor where a Secret is still to be named', () => {
    expect(begin({}, { reference: chart, bundled: false })).toBeUndefined();
    const url = 'redis://:hidden@redis:6379';
    expect(begin({ dispatch: { backend: 'redis', redis: { url } } })).toBeUndefined();
  });
});
