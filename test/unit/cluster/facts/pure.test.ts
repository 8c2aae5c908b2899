import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { versionOf } from '../../../../src/cluster/facts/controllers.ts';
import { isEligible, type NodeChoice } from '../../../../src/cluster/facts/node-choice.ts';
import { volumeZones } from '../../../../src/cluster/facts/parts/claims.ts';
import { domainsIn } from '../../../../src/cluster/facts/parts/domains.ts';
import { parseMesh, wantedRevision } from '../../../../src/cluster/facts/parts/istio.ts';
import {
  parseLinkerdValues,
  proxyRequestsOf,
} from '../../../../src/cluster/facts/parts/linkerd.ts';
import { grants } from '../../../../src/cluster/facts/parts/permissions.ts';
import { requestingSpec, requestsOf } from '../../../../src/cluster/facts/pod-requests.ts';
import { releaseFact } from '../../../../src/cluster/facts/release-fact.ts';
import {
  type LabelSelector,
  selectorText,
  selects,
} from '../../../../src/cluster/facts/selectors.ts';

describe('requests of a pod', () => {
  const gib = 1024 ** 3;
  const container = (cpu: string, memory: string, rest: object = {}) => ({
    resources: { requests: { cpu, memory } },
    ...rest,
  });
  const read = (spec: object) => requestsOf(z.parse(requestingSpec, spec));

  test('are those of its containers together', () => {
    const containers = [container('100m', '1Gi'), container('1', '512Mi'), {}];
    expect(read({ containers })).toMatchObject({ cpu: 1.1, memory: 1.5 * gib });
  });

  test('or of the largest step of its initialisation', () => {
    const initContainers = [container('2', '1Gi'), container('500m', '4Gi')];
    expect(read({ containers: [container('1', '2Gi')], initContainers })).toMatchObject({
      cpu: 2,
      memory: 4 * gib,
    });
  });

  test('with sidecars that run beside both', () => {
    const initContainers = [
      container('250m', '1Gi', { restartPolicy: 'Always' }),
      container('2', '1Gi'),
    ];
    expect(read({ containers: [container('1', '2Gi')], initContainers })).toMatchObject({
      cpu: 2.25,
      memory: 3 * gib,
    });
  });

  test('or those of the pod as a whole, and always with its overhead', () => {
    const resources = { requests: { cpu: '3' } };
    const overhead = { cpu: '100m', memory: '1Gi' };
    expect(read({ containers: [container('1', '2Gi')], resources, overhead })).toMatchObject({
      cpu: 3.1,
      memory: 3 * gib,
    });
  });

  test('with the scratch space that they ask for', () => {
    const resources = { requests: { 'ephemeral-storage': '2Gi' } };
    expect(read({ containers: [{ resources }, { resources }] })).toMatchObject({
      'ephemeral-storage': 4 * gib,
    });
  });
});

describe('a node', () => {
  const node = {
    name: 'n1',
    labels: { disk: 'ssd', generation: '5' },
    ready: true,
    unschedulable: false,
    taints: [] as { key: string; value: string; effect: string }[],
  };
  const anywhere: NodeChoice = { nodeSelector: {}, tolerations: [], nodeAffinity: undefined };
  const dedicated = { key: 'dedicated', value: 'batch', effect: 'NoSchedule' };
  const tolerate = (parts: object) => ({
    ...anywhere,
    tolerations: [{ key: null, operator: null, value: null, effect: null, ...parts }],
  });
  const require = (...matchExpressions: { key: string; operator: string; values: string[] }[]) => ({
    ...anywhere,
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions, matchFields: [] }],
      },
    },
  });

  test.each([
    ['free for all', node, anywhere, true],
    ['that is not ready', { ...node, ready: false }, anywhere, false],
    ['that is cordoned', { ...node, unschedulable: true }, anywhere, false],
    ['with the label', node, { ...anywhere, nodeSelector: { disk: 'ssd' } }, true],
    ['without the label', node, { ...anywhere, nodeSelector: { disk: 'hdd' } }, false],
    ['with a taint', { ...node, taints: [dedicated] }, anywhere, false],
    [
      'with a taint that only advises',
      { ...node, taints: [{ ...dedicated, effect: 'PreferNoSchedule' }] },
      anywhere,
      true,
    ],
    [
      'with a taint that is tolerated',
      { ...node, taints: [dedicated] },
      tolerate({ key: 'dedicated', value: 'batch' }),
      true,
    ],
    [
      'with another value',
      { ...node, taints: [dedicated] },
      tolerate({ key: 'dedicated', value: 'web' }),
      false,
    ],
    [
      'with another effect',
      { ...node, taints: [dedicated] },
      tolerate({ key: 'dedicated', operator: 'Exists', effect: 'NoExecute' }),
      false,
    ],
    [
      'for who tolerates everything',
      { ...node, taints: [dedicated] },
      tolerate({ operator: 'Exists' }),
      true,
    ],
    ['of the kind', node, require({ key: 'disk', operator: 'In', values: ['ssd'] }), true],
    ['not of the kind', node, require({ key: 'disk', operator: 'NotIn', values: ['ssd'] }), false],
    ['that is new', node, require({ key: 'generation', operator: 'Gt', values: ['4'] }), true],
    ['that is old', node, require({ key: 'generation', operator: 'Lt', values: ['4'] }), false],
    ['without a key', node, require({ key: 'gpu', operator: 'Exists', values: [] }), false],
  ])('%s', (_, candidate, choice, expected) => {
    expect(isEligible(candidate, choice)).toBe(expected);
  });
});

describe('what the proxies of Linkerd request', () => {
  test.each<[string, Record<string, string>]>([
    ['', {}],
    ['proxy: {opaquePorts: "25"}', {}],
    ['proxy: {resources: {cpu: {request: "", limit: ""}, memory: {}}}', {}],
    [
      'proxy: {resources: {cpu: {request: 100m}, memory: {request: 20Mi}}}',
      { cpu: '100m', memory: '20Mi' },
    ],
    ['proxy: {resources: {cpu: {request: 1}}}', { cpu: '1' }],
  ])('%j', (values, expected) => {
    expect(proxyRequestsOf(parseLinkerdValues(values))).toEqual(expected);
  });
});

describe('domains of CoreDNS', () => {
  test.each<[string, string[]]>([
    ['', []],
    ['.:53 {\n  errors\n}', []],
    [
      '.:53 {\n    kubernetes cluster.local in-addr.arpa ip6.arpa {\n       pods insecure\n    }\n}',
      ['cluster.local'],
    ],
    ['.:53 {\n  kubernetes corp.example. cluster.local\n}', ['corp.example', 'cluster.local']],
    ['.:53 {\n  # kubernetes old.example\n  kubernetes\n}', []],
    ['.:53 {\n\tkubernetes cluster.local 10.in-addr.arpa {\n\t}\n}', ['cluster.local']],
  ])('%j', (corefile, expected) => {
    expect(domainsIn(corefile)).toEqual(expected);
  });
});

describe('selectors', () => {
  const selector: LabelSelector = {
    matchLabels: { app: 'xerv' },
    matchExpressions: [
      { key: 'tier', operator: 'In', values: ['a', 'b'] },
      { key: 'old', operator: 'DoesNotExist', values: [] },
      { key: 'stage', operator: 'NotIn', values: ['test'] },
      { key: 'team', operator: 'Exists', values: [] },
    ],
  };

  test.each([
    [{ app: 'xerv', tier: 'a', team: 'x' }, true],
    [{ app: 'xerv', tier: 'c', team: 'x' }, false],
    [{ app: 'xerv', tier: 'a' }, false],
    [{ app: 'xerv', tier: 'a', team: 'x', old: '' }, false],
    [{ app: 'xerv', tier: 'a', team: 'x', stage: 'test' }, false],
    [{ tier: 'a', team: 'x' }, false],
  ])('%j: %s', (labels: Record<string, string>, expected) => {
    expect(selects(selector, labels)).toBe(expected);
  });

  test('as kubectl writes them', () => {
    expect(selectorText(selector)).toBe('app=xerv,tier in (a,b),!old,stage notin (test),team');
    expect(selectorText(null)).toBe('');
  });
});

test.each([
  ['docker.io/istio/pilot:1.30.4', '', '1.30.4'],
  ['registry:5000/keda', '2.20.2', '2.20.2'],
  ['keda:2.20.2@sha256:abc', '1.0', '2.20.2'],
  ['keda:latest', '2.20.2', '2.20.2'],
  ['keda:latest', '', 'latest'],
  ['keda', '', ''],
])('the version of %s, labelled "%s", is "%s"', (image, label, version) => {
  expect(versionOf(image, label)).toBe(version);
});

describe('Istio', () => {
  test.each([
    [{}, undefined],
    [{ 'istio-injection': 'enabled' }, 'default'],
    [{ 'istio-injection': 'disabled' }, undefined],
    [{ 'istio.io/rev': 'canary' }, 'canary'],
    [{ 'istio-injection': 'enabled', 'istio.io/rev': 'canary' }, 'default'],
  ])('%j asks for revision %s', (labels: Record<string, string>, revision) => {
    expect(wantedRevision(labels)).toBe(revision);
  });

  test('reads the mesh configuration with its defaults', () => {
    expect(parseMesh(undefined)).toEqual({
      outboundPolicy: 'ALLOW_ANY',
      prometheusMerge: true,
      trustDomain: 'cluster.local',
    });
    expect(parseMesh('outboundTrafficPolicy: {}\ntrustDomain: example.test')).toMatchObject({
      outboundPolicy: 'ALLOW_ANY',
      trustDomain: 'example.test',
    });
  });
});

describe('rules of a user', () => {
  const rule = {
    verbs: ['get'],
    apiGroups: ['apps'],
    resources: ['deployments'],
    resourceNames: [],
  };
  const permission = { verb: 'get', group: 'apps', resource: 'deployments', namespace: 'x' };

  test.each([
    [{}, true],
    [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }, true],
    [{ verbs: ['list'] }, false],
    [{ apiGroups: [''] }, false],
    [{ resources: ['deployments/scale'] }, false],
    [{ resourceNames: ['one'] }, false],
  ])('with %j: %s', (parts, expected) => {
    expect(grants({ ...rule, ...parts }, permission)).toBe(expected);
  });
});

describe('the zones of a volume', () => {
  const metadata = { name: 'pv', labels: {}, annotations: {}, ownerReferences: [], finalizers: [] };
  const term = (key: string, ...values: string[]) => ({
    matchExpressions: [{ key, operator: 'In', values }],
  });
  const zones = (...nodeSelectorTerms: ReturnType<typeof term>[]) =>
    volumeZones({
      metadata,
      spec: { capacity: {}, nodeAffinity: { required: { nodeSelectorTerms } } },
    });

  test('are those of its node affinity, whoever named them', () => {
    expect(zones(term('topology.kubernetes.io/zone', 'a'))).toEqual(['a']);
    expect(zones(term('topology.ebs.csi.aws.com/zone', 'a'))).toEqual(['a']);
    expect(zones(term('topology.gke.io/zone', 'a'), term('topology.gke.io/zone', 'b'))).toEqual([
      'a',
      'b',
    ]);
    expect(zones(term('topology.gke.io/zone', 'a'), term('kubernetes.io/hostname', 'n'))).toEqual(
      [],
    );
  });

  test('or those of its label, and none where it has neither', () => {
    const labels = { 'topology.kubernetes.io/zone': 'a__b' };
    const spec = { capacity: {} };
    expect(volumeZones({ metadata: { ...metadata, labels }, spec })).toEqual(['a', 'b']);
    expect(volumeZones({ metadata, spec })).toEqual([]);
  });
});

test('no release is none, and the record of a removed one is none either', () => {
  const none = { installed: false, revision: 0, status: '', chartVersion: '' };
  expect(releaseFact(undefined)).toEqual(none);
});
