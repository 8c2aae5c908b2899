import type { Situation } from './situation.ts';
import { byLabel, gateway, ingress, istio, policy, redis, route } from './some-values.ts';

/** Ways in and out. */
export const onNetworks: readonly Situation[] = [
  { on: 'bare', what: 'no Gateway API', values: route(gateway), says: { 'XV-704': ['fail'] } },
  {
    on: 'add-ons',
    what: 'a Gateway',
    values: route(gateway),
    says: { 'XV-704': ['pass'], 'XV-701': ['warn'] },
  },
  {
    on: 'add-ons',
    what: 'a listener that takes routes of its own namespace only',
    values: route({ ...gateway, sectionName: 'own' }),
    says: { 'XV-704': ['warn'] },
  },
  { on: 'add-ons', what: 'no Gateway named', values: route(), says: { 'XV-704': ['warn'] } },
  {
    on: 'add-ons-broken',
    what: 'a Gateway that nobody works on',
    values: route(gateway),
    says: { 'XV-704': ['warn'] },
  },
  {
    on: 'bare',
    what: 'an Ingress without a class',
    values: ingress({ tls: [] }),
    says: { 'XV-702': ['warn'] },
  },
  {
    on: 'add-ons',
    what: 'a NetworkPolicy',
    values: policy({ prometheus: { namespaces: ['monitoring'] } }, istio({}, redis())),
    says: {
      'XV-710': ['pass'],
      'XV-711': ['pass'],
      'XV-712': ['pass', 'pass'],
      'XV-714': ['pass'],
    },
  },
  {
    on: 'add-ons',
    what: 'a NetworkPolicy that leaves out who is needed',
    values: policy(
      {
        mesh: { namespaces: ['elsewhere'] },
        prometheus: { namespaces: ['elsewhere'] },
      },
      istio({}, { dispatch: { backend: 'redis', redis: { url: 'redis://a.example.com' } } }),
    ),
    says: { 'XV-710': ['fail'], 'XV-711': ['warn'], 'XV-712': ['warn', 'warn'] },
  },
  {
    on: 'add-ons',
    what: 'rules that select nobody',
    values: policy(byLabel({ name: 'monitoring' })),
    says: { 'XV-713': ['warn'] },
  },
  {
    on: 'add-ons',
    what: 'rules that select somebody',
    values: policy(byLabel({ 'kubernetes.io/metadata.name': 'monitoring' })),
    says: { 'XV-713': ['pass'] },
  },
  {
    on: 'add-ons-broken',
    what: 'a plugin that does not enforce',
    values: policy(),
    says: { 'XV-714': ['warn'] },
  },
  { on: 'bare', what: 'no plugin at all', values: policy(), says: { 'XV-714': ['unknown'] } },
];
