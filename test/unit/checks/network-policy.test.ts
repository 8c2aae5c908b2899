import { expect, test } from 'vitest';
import type { FactValue } from '../../../src/cluster/facts/facts.ts';
import type { Tree } from '../../../src/values/tree.ts';
import { makePrometheus, operatorWith } from '../../support/check-facts.ts';
import { runCheck } from '../../support/check-input.ts';
import { judgeTable } from '../../support/check-table.ts';
import { controller, from, mesh, namespaces, policy } from '../../support/network-situations.ts';

const istioIn = (namespace: string): FactValue<'istio'> => ({
  served: true,
  revisions: [
    {
      revision: 'default',
      controller: controller(namespace),
      outboundPolicy: '',
      prometheusMerge: true,
      trustDomain: '',
    },
  ],
  tags: {},
  injectsNamespace: '',
  peers: { mode: 'PERMISSIVE', source: '' },
  ambient: false,
  cni: false,
});
const linkerdIn = (namespace: string): FactValue<'linkerd'> => ({
  served: true,
  controllers: [controller(namespace)],
  clusterDomain: '',
  opaquePorts: '',
  defaultInboundPolicy: '',
  proxyRequests: {},
  cni: false,
  injectsNamespace: false,
});
const redis = (inner: Tree): Tree => ({ dispatch: { backend: 'redis', redis: inner } });
const prometheusIn = (namespace: string): FactValue<'prometheusOperator'> =>
  operatorWith(makePrometheus({ namespace }));
const keda = {
  keda: { enabled: true, extraTriggers: [{ type: 'metrics-api', metadata: {} }] },
  dispatch: { backend: 'redis', redis: { url: 'redis://redis:6379' } },
};
const plugin = (name: string, enforces: boolean | null) => ({
  name,
  daemonSet: `kube-system/${name}`,
  enforces,
});

judgeTable([
  [
    'XV-710',
    'D62: usual',
    { values: policy({}, mesh('istio')), facts: { istio: istioIn('istio-system') } },
    ['pass'],
  ],
  [
    'XV-710',
    'D62: elsewhere',
    { values: policy({}, mesh('istio')), facts: { istio: istioIn('mesh') } },
    ['fail'],
  ],
  [
    'XV-710',
    'D62: Linkerd elsewhere',
    { values: policy({}, mesh('linkerd')), facts: { linkerd: linkerdIn('mesh') } },
    ['fail'],
  ],
  [
    'XV-710',
    'no control plane',
    {
      values: policy({}, mesh('linkerd')),
      facts: { linkerd: { ...linkerdIn('x'), controllers: [] } },
    },
    ['skip'],
  ],
  ['XV-710', 'no mesh', { values: policy() }, []],
  ['XV-711', 'no server', { values: policy() }, []],
  ['XV-711', 'D63: inside', { values: policy({}, redis({ url: 'redis://redis:6379' })) }, ['pass']],
  [
    'XV-711',
    'D63: address',
    { values: policy({}, redis({ url: 'redis://10.0.0.9:6379' })) },
    ['pass'],
  ],
  [
    'XV-711',
    'D63: name',
    { values: policy({}, redis({ url: 'rediss://a.example.com' })) },
    ['warn'],
  ],
  ['XV-711', 'D63: Secret', { values: policy({}, redis({ existingSecret: 'redis' })) }, ['warn']],
  [
    'XV-711',
    'D63: Secret, and where it is',
    {
      values: policy(
        { backendServers: { cidrs: ['10.0.0.0/8'] } },
        redis({ existingSecret: 'redis' }),
      ),
    },
    ['pass'],
  ],
  ['XV-712', 'D64: nobody', { values: policy(), facts: { namespaces } }, ['pass']],
  [
    'XV-712',
    'D64: Prometheus',
    {
      values: policy({}, { metrics: { enabled: true } }),
      facts: { namespaces, prometheusOperator: prometheusIn('monitoring') },
    },
    ['pass', 'pass'],
  ],
  [
    'XV-712',
    'D64: Prometheus elsewhere',
    {
      values: policy({}, { metrics: { enabled: true } }),
      facts: { namespaces, prometheusOperator: prometheusIn('frontend') },
    },
    ['warn', 'pass'],
  ],
  [
    'XV-712',
    'D64: KEDA elsewhere',
    {
      values: policy({}, keda),
      facts: { namespaces, keda: { served: true, controllers: [controller('frontend')] } },
    },
    ['warn', 'pass'],
  ],
  [
    'XV-712',
    'D64: a name of nobody',
    { values: policy({ clients: { namespaces: ['shop'] } }), facts: { namespaces } },
    ['warn'],
  ],
  ['XV-712', 'unseen', { values: policy(), unknown: ['namespaces'] }, ['unknown']],
  ['XV-713', 'no rules', { values: policy() }, []],
  [
    'XV-713',
    'D65: selects',
    { values: policy(from({ team: 'web' })), facts: { namespaces } },
    ['pass'],
  ],
  [
    'XV-713',
    'D65: label name',
    { values: policy(from({ team: 'web' }, { name: 'monitoring' })), facts: { namespaces } },
    ['warn'],
  ],
  [
    'XV-713',
    'D65: selects nothing',
    { values: policy(from({ team: 'shop' })), facts: { namespaces } },
    ['warn'],
  ],
  ['XV-713', 'unseen', { values: policy(from({ a: 'b' })), unknown: ['namespaces'] }, ['unknown']],
  [
    'XV-714',
    'D66: enforced',
    {
      values: policy(),
      facts: { networkPlugins: [plugin('flannel', false), plugin('canal', true)] },
    },
    ['pass'],
  ],
  [
    'XV-714',
    'D66: not enforced',
    { values: policy(), facts: { networkPlugins: [plugin('flannel', false)] } },
    ['warn'],
  ],
  [
    'XV-714',
    'D66: by a setting',
    { values: policy(), facts: { networkPlugins: [plugin('amazon-vpc-cni', null)] } },
    ['unknown'],
  ],
  ['XV-714', 'D66: unknown', { values: policy(), facts: { networkPlugins: [] } }, ['unknown']],
]);

test('D65 tells how to label the namespace', () => {
  const values = policy(from({ name: 'monitoring' }));
  const commands = runCheck('XV-713', { values, facts: { namespaces } })
    .flatMap(({ remedies = [] }) => remedies)
    .map(({ command }) => command);
  expect(commands).toContain('kubectl label namespace monitoring name=monitoring');
});
