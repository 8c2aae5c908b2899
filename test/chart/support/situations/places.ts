import type { Situation } from './situation.ts';
import { hpa, raft, redis } from './some-values.ts';

/** The place: who asks, namespace, nodes, storage, and what is there already. */
export const onPlaces: readonly Situation[] = [
  {
    on: 'namespace-absent',
    what: 'a namespace that is to be made',
    says: { 'XV-101': ['pass'], 'XV-102': ['pass'], 'XV-103': ['pass'], 'XV-104': ['skip'] },
  },
  {
    on: 'namespace-absent-editor',
    what: 'a namespace that he may not even see',
    says: { 'XV-102': ['skip'], 'XV-105': ['fail'], 'XV-901': ['fail'] },
  },
  {
    on: 'viewer',
    what: 'who may only look',
    says: {
      'XV-105': ['fail'],
      'XV-202': ['unknown'],
      'XV-901': ['fail'],
      'XV-107': ['unknown'],
      'XV-801': ['unknown'],
      'XV-810': ['unknown', 'unknown', 'skip'],
    },
  },
  {
    on: 'viewer',
    what: 'who may only look: storage',
    values: raft(),
    says: { 'XV-308': ['unknown'] },
  },
  {
    on: 'editor',
    what: 'who may edit a namespace',
    says: { 'XV-105': ['pass'], 'XV-107': ['unknown'], 'XV-801': ['unknown'] },
  },
  { on: 'two-default-classes', what: 'two default classes', says: { 'XV-308': ['warn'] } },
  {
    on: 'no-default-class',
    what: 'no default class',
    says: { 'XV-301': ['fail'], 'XV-308': ['pass'] },
  },
  { on: 'class-missing', what: 'a class that is not there', says: { 'XV-301': ['fail'] } },
  {
    on: 'full-nodes',
    what: 'full nodes',
    values: { resources: { requests: { cpu: '1' }, limits: { cpu: '2' } } },
    says: { 'XV-801': ['fail'] },
  },
  { on: 'tainted-nodes', what: 'tainted nodes', says: { 'XV-801': ['fail'] } },
  { on: 'mixed-nodes', what: 'another processor', says: { 'XV-810': ['warn', 'skip'] } },
  { on: 'arm-nodes', what: 'only another processor', says: { 'XV-810': ['fail', 'skip'] } },
  {
    on: 'strict-namespace',
    what: 'quota, limits and Pod Security',
    says: { 'XV-102': ['pass'], 'XV-103': ['fail'], 'XV-802': ['fail'] },
  },
  {
    on: 'strict-namespace',
    what: 'above the LimitRange',
    values: { resources: { requests: { cpu: '1' }, limits: { cpu: '1' } } },
    says: { 'XV-803': ['fail'] },
  },
  { on: 'warned-namespace', what: 'Pod Security that warns', says: { 'XV-103': ['warn'] } },
  { on: 'enforced-namespace', what: 'Pod Security that refuses', says: { 'XV-103': ['fail'] } },
  {
    on: 'namespace-leaving',
    what: 'a namespace that goes',
    says: { 'XV-101': ['fail'], 'XV-102': ['skip'] },
  },
  {
    on: 'occupied',
    what: 'what others left',
    says: {
      'XV-201': ['fail'],
      'XV-422': ['warn'],
      'XV-810': ['pass', 'fail', 'skip'],
      'XV-902': ['fail'],
    },
  },
  {
    on: 'occupied',
    what: 'two autoscalers',
    values: hpa(),
    says: { 'XV-422': ['fail'] },
  },
  { on: 'foreign-release', what: 'a release of others', says: { 'XV-901': ['fail'] } },
  {
    on: 'dead-webhook',
    what: 'a webhook that nobody answers for',
    says: { 'XV-102': ['fail'], 'XV-107': ['fail'] },
  },
  {
    on: 'live-raft',
    what: 'a raft cluster that is to grow and to move',
    says: {
      'XV-206': ['pass'],
      'XV-209': ['warn'],
      'XV-307': ['pass'],
      'XV-903': ['fail', 'fail'],
    },
  },
  {
    on: 'live-raft',
    what: 'another backend',
    values: redis(),
    live: raft(),
    says: { 'XV-206': ['warn'] },
  },
  {
    on: 'live-raft',
    what: 'as it is',
    values: raft(),
    live: raft(),
    says: { 'XV-209': ['pass'], 'XV-307': ['pass'] },
  },
  {
    on: 'live-deployment',
    what: 'an autoscaler switched on',
    says: { 'XV-423': ['warn'] },
  },
  { on: 'openshift', what: 'OpenShift', says: { 'XV-809': ['pass'] } },
  {
    on: 'openshift',
    what: 'OpenShift, and ids of the user’s',
    values: { podSecurityContext: { runAsUser: 2000 } },
    says: { 'XV-809': ['warn'] },
  },
];
