import { describe, expect, test } from 'vitest';
import { helms, render, renderNotes } from '../support/render.ts';

const ingressOf = async (ingress: object, more: object = {}) =>
  (await render({ ingress: { enabled: true, ...ingress }, ...more })).get('Ingress');
const rulesOf = async (ingress: object, more: object = {}) =>
  (await ingressOf(ingress, more)).spec.rules;
const to = (path: string, port: object = { number: 8080 }, pathType = 'Prefix') => ({
  path,
  pathType,
  backend: { service: { name: 'xerv', port } },
});

test.concurrent('none by default', async () => {
  expect((await render({})).find('Ingress')).toBeUndefined();
});

describe('A46: hosts', () => {
  test.concurrent.each(helms)('as text (%s)', async (helm) => {
    const values = 'ingress: { enabled: true, hosts: [xerv.example.com, "*.example.com"] }';
    const { apiVersion, spec } = (await render(values, { helm })).get('Ingress');
    expect(apiVersion).toBe('networking.k8s.io/v1');
    expect(spec).toEqual({
      rules: [
        { host: 'xerv.example.com', http: { paths: [to('/')] } },
        { host: '*.example.com', http: { paths: [to('/')] } },
      ],
    });
  });

  test.concurrent.each(helms)('as maps, as the 0.1.0 chart has them (%s)', async (helm) => {
    const hosts = [
      { host: 'xerv.local', paths: [{ path: '/', pathType: 'Exact' }, { path: '/api' }] },
    ];
    const rendering = await render({ ingress: { enabled: true, hosts } }, { helm });
    expect(rendering.get('Ingress').spec.rules).toEqual([
      { host: 'xerv.local', http: { paths: [to('/', undefined, 'Exact'), to('/api')] } },
    ]);
  });

  test.concurrent('mixed; paths as text; a port by name or number', async () => {
    const hosts = [
      'a.example.com',
      { host: 'b.example.com', paths: ['/x', { path: '/y', port: 'hooks' }, { port: 81 }] },
      { paths: ['/z'] },
    ];
    expect(await rulesOf({ hosts }, { server: { apiPort: 9000 } })).toEqual([
      { host: 'a.example.com', http: { paths: [to('/', { number: 9000 })] } },
      {
        host: 'b.example.com',
        http: {
          paths: [to('/x', { number: 9000 }), to('/y', { name: 'hooks' }), to('/', { number: 81 })],
        },
      },
      { http: { paths: [to('/z', { number: 9000 })] } },
    ]);
  });

  test.concurrent('none: every host name', async () => {
    expect(await rulesOf({})).toEqual([{ http: { paths: [to('/')] } }]);
  });

  test.concurrent('path and path type of those that have none', async () => {
    expect(
      await rulesOf({ path: '/xerv', pathType: 'ImplementationSpecific', hosts: ['a'] }),
    ).toEqual([{ host: 'a', http: { paths: [to('/xerv', undefined, 'ImplementationSpecific')] } }]);
  });
});

test.concurrent('class, TLS, labels and annotations', async () => {
  const tls = [{ secretName: 'xerv-tls', hosts: ['a.example.com'] }];
  const { metadata, spec } = await ingressOf({
    className: 'nginx',
    tls,
    labels: { tier: 'edge', 'app.kubernetes.io/instance': 'other' },
    annotations: { 'nginx.ingress.kubernetes.io/proxy-read-timeout': 3600 },
  });
  expect(spec).toMatchObject({ ingressClassName: 'nginx', tls });
  expect(metadata).toMatchObject({
    name: 'xerv',
    namespace: 'team',
    labels: { tier: 'edge', 'app.kubernetes.io/instance': 'xerv' },
    annotations: { 'nginx.ingress.kubernetes.io/proxy-read-timeout': '3600' },
  });
});

test.concurrent.each(helms)('every value of it may be null (%s)', async (helm) => {
  const ingress = { enabled: true, path: null, pathType: null, hosts: null, tls: null };
  const rendering = await render({ ingress }, { helm });
  expect(rendering.get('Ingress').spec.rules).toEqual([{ http: { paths: [to('/')] } }]);
});

describe('D77: the notes', () => {
  const login = 'and has no authentication: anyone who reaches it controls XERV.';

  test.concurrent.each([
    ['Ingress', { ingress: { enabled: true, hosts: ['a'] } }],
    ['HTTPRoute', { httpRoute: { enabled: true } }],
    ['NodePort Service', { service: { type: 'NodePort' } }],
    ['LoadBalancer Service', { service: { type: 'LoadBalancer' } }],
  ])('warn of an %s', async (way, values) => {
    expect(await renderNotes(values)).toContain(
      `WARNING: the API is published by its ${way}, ${login}`,
    );
  });

  test.concurrent('warn of all ways at once, and of none', async () => {
    const values = { ingress: { enabled: true }, service: { type: 'NodePort' } };
    expect(await renderNotes(values)).toContain(
      'published by its Ingress and its NodePort Service,',
    );
    expect(await renderNotes({})).not.toContain('is published by');
  });

  test.concurrent('name the addresses', async () => {
    const hosts = ['a.example.com', { host: 'b.example.com' }];
    const notes = await renderNotes({ ingress: { enabled: true, hosts } });
    expect(notes).toContain('    http://a.example.com\n    http://b.example.com\n');
    const tls = [{ secretName: 'a' }];
    expect(await renderNotes({ ingress: { enabled: true, hosts, tls } })).toContain(
      '    https://a.example.com\n',
    );
    expect(await renderNotes({ ingress: { enabled: true } })).toContain('set ingress.hosts');
  });
});
