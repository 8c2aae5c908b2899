import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { persistentVolume } from '../../../src/cluster/objects.ts';
import { claimLedger, claimsThatWouldGo } from '../../../src/release/claims.ts';
import { parseManifest } from '../../../src/release/manifest.ts';
import { makeClaim, makePod } from '../../support/snapshots.ts';

/** A manifest as our chart and upstream's make it. */
const manifest = ({ release = 'xerv', name = 'xerv', existingClaim = '', keep = false } = {}) => `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: ${release}}
spec:
  selector:
    matchLabels: {app.kubernetes.io/name: ${name}, app.kubernetes.io/instance: ${release}}
  template:
    metadata: {}
    spec:
      containers: []
      volumes:
        ${existingClaim ? `- {name: extra, persistentVolumeClaim: {claimName: ${existingClaim}}}` : ''}
  volumeClaimTemplates:
    - metadata: {name: data}
      spec: {resources: {requests: {storage: 1Gi}}}
---
# Source: xerv/templates/claim.yaml
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: ${release}-data
  ${keep ? 'annotations: {helm.sh/resource-policy: keep}' : ''}
spec: {resources: {requests: {storage: 1Gi}}}
`;

const owned = (release: string, name = 'xerv') => ({
  labels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': release },
});
const madeByHelm = (release: string) => ({
  annotations: { 'meta.helm.sh/release-name': release },
});

const ledger = (
  claims: ReturnType<typeof makeClaim>[],
  { release = 'xerv', text }: { release?: string; text?: string | undefined } = {
    text: manifest(),
  },
  rest: Partial<Parameters<typeof claimLedger>[0]> = {},
) =>
  claimLedger({
    release,
    manifest: text === undefined ? undefined : parseManifest(text),
    claims,
    pods: [],
    volumes: new Map(),
    ...rest,
  });

describe('whose a claim is', () => {
  test('claims of a neighbour with a similar name never appear', () => {
    const claims = [
      makeClaim('data-xerv-2-0', { metadata: owned('xerv-2') }),
      makeClaim('data-xerv-0', { metadata: owned('xerv') }),
      // The claim of a release "xerv-0" … that would fit our pattern by its name.
      makeClaim('data-xerv-1', { metadata: owned('other') }),
      makeClaim('xerv-2-data', { metadata: { ...owned('xerv-2'), ...madeByHelm('xerv-2') } }),
    ];

    expect(ledger(claims).map(({ name }) => name)).toEqual(['data-xerv-0']);
    expect(
      ledger(claims, { release: 'xerv-2', text: manifest({ release: 'xerv-2' }) }).map(
        ({ name }) => name,
      ),
    ).toEqual(['data-xerv-2-0', 'xerv-2-data']);
  });

  test('with nameOverride the release’s own labels decide', () => {
    const claims = [
      makeClaim('data-xerv-0', { metadata: owned('xerv', 'flow') }),
      makeClaim('data-xerv-1', { metadata: owned('xerv', 'xerv') }),
    ];

    expect(ledger(claims, { text: manifest({ name: 'flow' }) }).map(({ name }) => name)).toEqual([
      'data-xerv-0',
    ]);
  });

  test('what a larger replica count or another backend left is still ours', () => {
    const claims = [makeClaim('data-xerv-6', { metadata: owned('xerv') })];
    const deployment = manifest()
      .replace('kind: StatefulSet', 'kind: Deployment')
      .replace(/ {2}volumeClaimTemplates:\n.*\n.*\n/, '');

    expect(ledger(claims, { text: deployment })).toMatchObject([
      { name: 'data-xerv-6', owner: 'stateful-set' },
    ]);
  });

  test('a claim that the user named is the user’s, whatever its labels', () => {
    const claims = [makeClaim('data-xerv-0', { metadata: owned('xerv') })];

    expect(ledger(claims, { text: manifest({ existingClaim: 'data-xerv-0' }) })).toMatchObject([
      { owner: 'user', onDelete: 'stays; it is yours' },
    ]);
  });

  test('one that was made by hand under the pods’ name is the user’s too', () => {
    const claims = [makeClaim('data-xerv-0', { metadata: { labels: {} } })];

    expect(ledger(claims)).toMatchObject([{ name: 'data-xerv-0', owner: 'user' }]);
    // Without a release nothing even connects it with us.
    expect(ledger(claims, { text: undefined })).toEqual([]);
  });

  test('without a release, the labels of the chart decide', () => {
    const claims = [
      makeClaim('data-xerv-0', { metadata: owned('xerv') }),
      makeClaim('xerv-data', { metadata: { ...owned('xerv'), ...madeByHelm('xerv') } }),
      makeClaim('redis-data-xerv-0', { metadata: owned('xerv', 'redis') }),
    ];

    expect(ledger(claims, { text: undefined })).toMatchObject([
      { name: 'data-xerv-0', owner: 'stateful-set' },
      { name: 'xerv-data', owner: 'chart', deletedByHelm: false },
    ]);
  });
});

describe('what becomes of it', () => {
  const chartClaim = [
    makeClaim('xerv-data', { metadata: { ...owned('xerv'), ...madeByHelm('xerv') } }),
  ];

  test('helm deletes a chart-owned claim unless the stored manifest says keep', () => {
    expect(ledger(chartClaim)).toMatchObject([{ owner: 'chart', deletedByHelm: true }]);
    expect(ledger(chartClaim, { text: manifest({ keep: true }) })).toMatchObject([
      { owner: 'chart', deletedByHelm: false },
    ]);
  });

  test('an annotation on the live claim does not protect it', () => {
    const annotations = { ...madeByHelm('xerv').annotations, 'helm.sh/resource-policy': 'keep' };
    const claims = [makeClaim('xerv-data', { metadata: { ...owned('xerv'), annotations } })];

    expect(ledger(claims)).toMatchObject([{ deletedByHelm: true }]);
  });

  test('a StatefulSet with a retention policy deletes it', () => {
    const ownerReferences = [{ kind: 'StatefulSet', name: 'xerv', uid: 'u' }];
    const claims = [makeClaim('data-xerv-0', { metadata: { ...owned('xerv'), ownerReferences } })];

    expect(ledger(claims)).toMatchObject([{ deletedWithStatefulSet: true }]);
  });

  test.each([
    ['Delete', 'goes, and volume pv-data-xerv-0 is erased'],
    ['Retain', 'goes; volume pv-data-xerv-0 stays as Released, with the data'],
    [
      undefined,
      'goes; whether volume pv-data-xerv-0 keeps the data is unknown (you may not read volumes)',
    ],
  ])('its volume with reclaim policy %s', (policy, expected) => {
    const claims = [makeClaim('data-xerv-0', { metadata: owned('xerv') })];
    const name = 'pv-data-xerv-0';
    const volume = z.parse(persistentVolume, {
      metadata: { name },
      spec: { persistentVolumeReclaimPolicy: policy },
    });
    const volumes = new Map(policy ? [[name, volume]] : []);

    expect(ledger(claims, undefined, { volumes })[0]?.onDelete).toBe(expected);
  });

  test('which pods mount it', () => {
    const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'data-xerv-0' } }];
    const pods = [makePod('backup', { spec: { volumes } }), makePod('other')];
    const claims = [makeClaim('data-xerv-0', { metadata: owned('xerv') })];

    expect(ledger(claims, undefined, { pods })[0]?.mountedBy).toEqual(['backup']);
  });
});

test('an upgrade would delete chart-owned claims that the new manifest lacks', () => {
  const wanted = parseManifest('');

  expect(claimsThatWouldGo({ manifest: manifest() }, wanted)).toEqual(['xerv-data']);
  expect(claimsThatWouldGo({ manifest: manifest() }, parseManifest(manifest()))).toEqual([]);
  expect(claimsThatWouldGo({ manifest: manifest({ keep: true }) }, wanted)).toEqual([]);
  expect(claimsThatWouldGo(undefined, wanted)).toEqual([]);
});
