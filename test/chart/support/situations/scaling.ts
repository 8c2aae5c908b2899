import type { Situation } from './situation.ts';
import { budget, hpa, keda, nats, prometheusTrigger, raft, redis, vpa } from './some-values.ts';

/** Autoscalers, on clusters with more and more of what they need. */
export const onScaling: readonly Situation[] = [
  {
    on: 'bare',
    what: 'KEDA that is not there',
    values: keda({ triggers: prometheusTrigger }),
    says: {
      'XV-405': ['fail'],
      'XV-406': [],
      'XV-409': [],
      'XV-605': ['warn'],
    },
  },
  {
    on: 'bare',
    what: 'an autoscaler that nobody measures for',
    values: hpa({ metrics: { pendingTraces: { enabled: true } } }),
    says: { 'XV-403': ['pass'], 'XV-404': ['pass'], 'XV-410': ['fail'], 'XV-412': ['fail'] },
  },
  {
    on: 'bare',
    what: 'a minimum above the maximum',
    values: hpa({ minReplicas: 5, maxReplicas: 3 }),
    says: { 'XV-403': ['fail'] },
  },
  {
    on: 'bare',
    what: 'replicas outside of the range',
    values: hpa({}, { replicaCount: 50 }),
    says: { 'XV-403': ['warn'] },
  },
  {
    on: 'bare',
    what: 'scaled on what is not requested',
    values: hpa({}, { resources: { requests: { cpu: null }, limits: { cpu: null } } }),
    says: { 'XV-404': ['fail'] },
  },
  {
    on: 'bare',
    what: 'a VPA that is not there',
    values: vpa(),
    says: { 'XV-410': ['fail'], 'XV-415': ['fail'], 'XV-416': [] },
  },
  {
    on: 'kinds-only',
    what: 'kinds, and nobody who works on them',
    says: {
      'XV-405': ['pass'],
      'XV-406': ['fail'],
      'XV-409': ['fail'],
      'XV-601': ['pass'],
      'XV-602': ['warn'],
      'XV-603': ['skip'],
    },
  },
  {
    on: 'kinds-only',
    what: 'the kind of the VPA alone',
    values: vpa(),
    says: { 'XV-415': ['pass'], 'XV-416': ['fail'] },
  },
  {
    on: 'add-ons',
    what: 'everything is there',
    says: {
      'XV-405': ['pass'],
      'XV-406': ['pass'],
      'XV-409': ['pass'],
      'XV-411': ['pass'],
      'XV-413': ['pass'],
      'XV-601': ['pass'],
      'XV-602': ['pass'],
      'XV-605': ['pass'],
      'XV-606': ['warn'],
      'XV-607': ['warn'],
      'XV-609': ['pass'],
      'XV-610': ['pass'],
      'XV-611': ['pass'],
      'XV-612': ['pass'],
      'XV-613': ['warn'],
      'XV-701': ['warn'],
      'XV-702': ['pass'],
      'XV-703': ['pass'],
      'XV-705': ['warn'],
    },
  },
  {
    on: 'add-ons',
    what: 'an autoscaler that is measured for',
    values: hpa({ metrics: { pendingTraces: { enabled: true } } }),
    says: { 'XV-410': ['pass'], 'XV-412': ['pass', 'unknown'] },
  },
  {
    on: 'add-ons',
    what: 'zero on a trigger outside',
    values: redis({ keda: { enabled: true, minReplicaCount: 0 } }),
    says: { 'XV-407': ['pass'], 'XV-408': ['warn'] },
  },
  {
    on: 'add-ons',
    what: 'zero on CPU alone',
    values: {
      ...nats,
      keda: { enabled: true, minReplicaCount: 0, triggers: { cpu: { enabled: true } } },
    },
    says: { 'XV-407': ['fail'], 'XV-408': ['pass'] },
  },
  {
    on: 'add-ons',
    what: 'zero on metrics of the pods',
    values: {
      ...nats,
      keda: { enabled: true, minReplicaCount: 0, triggers: prometheusTrigger },
    },
    says: { 'XV-407': ['warn'] },
  },
  {
    on: 'add-ons',
    what: 'a fallback above the maximum',
    values: keda({ fallback: { enabled: true, replicas: 50 } }),
    says: { 'XV-411': ['fail'] },
  },
  {
    on: 'add-ons',
    what: 'a query for each pod',
    values: keda({
      triggers: { pendingTraces: { ...prometheusTrigger.pendingTraces, query: 'a{b="c"}' } },
    }),
    says: { 'XV-414': ['warn'] },
  },
  {
    on: 'add-ons',
    what: 'a query for one number',
    values: keda({
      triggers: { pendingTraces: { ...prometheusTrigger.pendingTraces, query: 'sum(a)' } },
    }),
    says: { 'XV-414': ['pass'] },
  },
  {
    on: 'add-ons',
    what: 'a VPA that is whole',
    values: vpa({ updateMode: 'InPlaceOrRecreate' }),
    says: {
      'XV-410': ['pass'],
      'XV-415': ['pass'],
      'XV-416': ['pass'],
      'XV-417': ['pass'],
      'XV-418': ['pass'],
      'XV-421': ['pass'],
      'XV-804': ['pass'],
    },
  },
  {
    on: 'add-ons',
    what: 'a VPA with an old mode, one replica and a volume',
    values: vpa({ updateMode: 'Auto' }, { persistence: { enabled: true } }),
    says: { 'XV-417': ['warn'], 'XV-418': ['warn'], 'XV-419': ['warn'] },
  },
  {
    on: 'add-ons',
    what: 'a VPA on raft with a budget',
    values: raft(vpa({ updateMode: 'Recreate' }, budget({}))),
    says: { 'XV-418': ['pass'], 'XV-419': ['pass'] },
  },
  {
    on: 'add-ons',
    what: 'a VPA beside an autoscaler',
    values: hpa({ targetMemoryUtilizationPercentage: null }, vpa()),
    says: { 'XV-420': ['pass'] },
  },
  {
    on: 'add-ons',
    what: 'a VPA that is left nothing',
    values: hpa(
      {},
      vpa({ containerPolicies: [{ containerName: '*', controlledResources: ['cpu'] }] }),
    ),
    says: { 'XV-420': ['fail'] },
  },
  {
    on: 'add-ons',
    what: 'a VPA that resizes proxies, above every node',
    values: vpa({
      containerPolicies: [
        { containerName: 'istio-proxy' },
        { containerName: '*', maxAllowed: { cpu: 64 } },
      ],
    }),
    says: { 'XV-421': ['warn'], 'XV-804': ['warn'] },
  },
  {
    on: 'add-ons-broken',
    what: 'operators that are down, and external metrics in other hands',
    says: {
      'XV-406': ['warn'],
      'XV-409': ['fail'],
      'XV-413': ['warn'],
      'XV-602': ['warn'],
      'XV-612': ['warn'],
      'XV-702': ['warn'],
      'XV-703': ['warn'],
    },
  },
  {
    on: 'add-ons-broken',
    what: 'a VPA without updater, and metrics that nobody answers',
    values: vpa({ updateMode: 'Recreate' }),
    says: { 'XV-410': ['warn'], 'XV-416': ['warn'] },
  },
  {
    on: 'add-ons-broken',
    what: 'a VPA that is too old for its mode',
    values: vpa({ updateMode: 'InPlaceOrRecreate' }),
    says: { 'XV-417': ['fail'] },
  },
];
