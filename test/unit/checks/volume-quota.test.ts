import { describe, expect, test } from 'vitest';
import type { FactValue } from '../../../src/cluster/facts/facts.ts';
import type { Tree } from '../../../src/values/tree.ts';
import { mend, runCheck } from '../../support/check-input.ts';
import { type Amounts, quota, scope } from '../../support/limit-situations.ts';
import { makeWorkload } from '../../support/workloads.ts';

describe('XV-309: the quota and the volumes', () => {
  const template = (size: string, storageClassName?: string) => ({
    metadata: { name: 'data' },
    spec: {
      ...(storageClassName ? { storageClassName } : {}),
      resources: { requests: { storage: size } },
    },
  });
  const member = (replicas: number, size = '10Gi', storageClass?: string) =>
    makeWorkload({
      kind: 'StatefulSet',
      replicas,
      spec: { volumeClaimTemplates: [template(size, storageClass)] },
    });
  const usual = (name: string): FactValue<'storageClasses'>[number] => ({
    name,
    provisioner: 'test',
    isDefault: true,
    allowVolumeExpansion: false,
    volumeBindingMode: 'WaitForFirstConsumer',
    reclaimPolicy: 'Delete',
    zones: [],
  });
  const claimed = (name: string): FactValue<'claims'>[number] => ({
    name,
    phase: 'Bound',
    storageClass: 'fast',
    size: '10Gi',
    accessModes: ['ReadWriteOnce'],
    zones: [],
    hosts: [],
  });
  const judgeVolumes = (
    quotas: FactValue<'quotas'>,
    object = member(3),
    values: Tree = { dispatch: { backend: 'raft' }, replicaCount: 3 },
    claims: FactValue<'claims'> = [],
  ) =>
    runCheck('XV-309', {
      values,
      objects: [object],
      facts: { quotas, claims, storageClasses: [usual('fast')] },
    })[0];

  test.each<[string, FactValue<'quotas'>, string]>([
    ['none', [], 'pass'],
    ['on pods only', [quota({ pods: '1' })], 'pass'],
    ['just room', [quota({ 'requests.storage': '30Gi', persistentvolumeclaims: '3' })], 'pass'],
    ['too little', [quota({ 'requests.storage': '29Gi' })], 'fail'],
    ['used up', [quota({ 'requests.storage': '30Gi' }, { 'requests.storage': '1' })], 'fail'],
    ['too few claims', [quota({ persistentvolumeclaims: '2' })], 'fail'],
    ['too few claims, counted', [quota({ 'count/persistentvolumeclaims': '2' })], 'fail'],
    [
      'too little of the default class',
      [quota({ 'fast.storageclass.storage.k8s.io/requests.storage': '20Gi' })],
      'fail',
    ],
    [
      'too few claims of the default class',
      [quota({ 'fast.storageclass.storage.k8s.io/persistentvolumeclaims': '2' })],
      'fail',
    ],
    [
      'too little of another class',
      [quota({ 'slow.storageclass.storage.k8s.io/requests.storage': '0' })],
      'pass',
    ],
    [
      'with scopes, which count pods',
      [quota({ persistentvolumeclaims: '0' }, {}, scope('BestEffort'))],
      'pass',
    ],
  ])('%s', (_, quotas, status) => {
    expect(judgeVolumes(quotas)?.status).toBe(status);
  });

  test('does not count volumes that are there', () => {
    const there = ['data-xerv-0', 'data-xerv-1', 'data-xerv-2'].map(claimed);
    const full = [quota({ persistentvolumeclaims: '3' }, { persistentvolumeclaims: '3' })];
    expect(judgeVolumes(full, member(3), undefined, there)?.status).toBe('pass');
    expect(judgeVolumes(full, member(4), undefined, there)?.status).toBe('fail');
  });

  test('counts volumes that live as long as a pod', () => {
    const volumes = [{ name: 'data', ephemeral: { volumeClaimTemplate: template('10Gi') } }];
    const object = makeWorkload({ replicas: 2, pod: { volumes } });
    const few = [quota({ persistentvolumeclaims: '1' })];
    expect(judgeVolumes(few, object, { dispatch: { backend: 'redis' } })?.status).toBe('fail');
  });

  test('says what is wanted and what is left', () => {
    const quotas = [quota({ 'requests.storage': '25Gi' }, { 'requests.storage': '5Gi' })];
    expect(judgeVolumes(quotas)?.evidence).toEqual([
      'ResourceQuota team: requests.storage: 30Gi wanted, 20Gi left',
    ]);
  });

  test.each<[string, Amounts]>([
    ['smaller volumes', { 'requests.storage': '20Gi' }],
    ['fewer replicas', { persistentvolumeclaims: '2' }],
  ])('its remedy mends it: %s', (_, hard) => {
    const verdict = judgeVolumes([quota(hard)]);
    const values = mend(verdict, { replicaCount: 3 }) as {
      replicaCount: number;
      storage?: { size: string };
    };
    const object = member(values.replicaCount, values.storage?.size);
    expect(judgeVolumes([quota(hard)], object)?.status).toBe('pass');
  });
});
