import { describe, expect, test } from 'vitest';
import { helms, render, renderNotes } from '../support/render.ts';

const parentRefs = [{ name: 'public', namespace: 'gateways', sectionName: 'https' }];
const routeOf = async (httpRoute: object, more: object = {}) =>
  (await render({ httpRoute: { enabled: true, parentRefs, ...httpRoute }, ...more })).get(
    'HTTPRoute',
    'xerv',
  );
const toApi = [{ name: 'xerv', port: 8080 }];
const prefix = (value: string) => [{ path: { type: 'PathPrefix', value } }];
const hidden = { matches: prefix('/api/v1/metrics') };

test.concurrent('A46: none by default, one on request', async () => {
  expect((await render({})).find('HTTPRoute')).toBeUndefined();
  const route = await routeOf({ hostnames: ['xerv.example.com'], annotations: { a: 1 } });
  expect(route).toMatchObject({
    apiVersion: 'gateway.networking.k8s.io/v1',
    metadata: { namespace: 'team', annotations: { a: '1' } },
  });
  expect(route.spec).toEqual({
    parentRefs,
    hostnames: ['xerv.example.com'],
    rules: [{ matches: prefix('/'), backendRefs: toApi }, hidden],
  });
});

test.concurrent('matches, filters and timeouts', async () => {
  const filters = [
    { type: 'ResponseHeaderModifier', responseHeaderModifier: { remove: ['Server'] } },
  ];
  const { spec } = await routeOf({
    matches: prefix('/xerv'),
    filters,
    timeouts: { request: '30s' },
    hideMetrics: false,
  });
  expect(spec.rules).toEqual([
    { matches: prefix('/xerv'), filters, timeouts: { request: '30s' }, backendRefs: toApi },
  ]);
});

test.concurrent('more rules: to the API, unless they say where', async () => {
  const redirect = {
    matches: prefix('/old'),
    filters: [{ type: 'RequestRedirect', requestRedirect: { statusCode: 301 } }],
  };
  const hooks = { matches: prefix('/hooks'), backendRefs: [{ name: 'xerv', port: 8081 }] };
  const { spec } = await routeOf({
    extraRules: [{ matches: prefix('/x') }, redirect, hooks],
    hideMetrics: false,
  });
  expect((spec.rules as object[]).slice(1)).toEqual([
    { matches: prefix('/x'), backendRefs: toApi },
    redirect,
    hooks,
  ]);
});

test.concurrent('beside the route of a canary', async () => {
  const linkerd = { trafficSplit: { enabled: true } };
  const rendering = await render({
    httpRoute: { enabled: true, parentRefs },
    serviceMesh: { enabled: true, provider: 'linkerd', linkerd },
  });
  expect(rendering.names.filter((name) => name.startsWith('HTTPRoute'))).toEqual([
    'HTTPRoute/xerv',
    'HTTPRoute/xerv-canary',
  ]);
});

test.concurrent.each(helms)(
  'every value of it may be null, and metrics stay hidden (%s)',
  async (helm) => {
    const keys = ['matches', 'filters', 'timeouts', 'extraRules', 'hideMetrics', 'hostnames'];
    const nothing = Object.fromEntries(keys.map((key) => [key, null]));
    const rendering = await render({ httpRoute: { enabled: true, ...nothing } }, { helm });
    expect(rendering.get('HTTPRoute').spec).toEqual({ rules: [{ backendRefs: toApi }, hidden] });
  },
);

describe('the notes', () => {
  test.concurrent('say where nothing is published', async () => {
    const warning = 'WARNING: the HTTPRoute names no Gateway';
    expect(await renderNotes({ httpRoute: { enabled: true } })).toContain(warning);
    expect(await renderNotes({ httpRoute: { enabled: true, parentRefs } })).not.toContain(warning);
  });
});
