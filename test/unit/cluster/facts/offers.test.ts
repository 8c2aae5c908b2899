import { describe, expect, it } from 'vitest';
import { createApi } from '../../../../src/cluster/api.ts';
import { gatherFacts } from '../../../../src/cluster/facts/gather.ts';
import { clusterGatherers } from '../../../../src/cluster/facts/gatherers.ts';
import { makeSubject } from '../../../support/facts.ts';
import { fakeTransport } from '../fake-transport.ts';

type Reply = Parameters<typeof fakeTransport>[0];

async function gather(name: 'secretNames' | 'knownServices', reply: Reply) {
  const transport = fakeTransport(reply);
  const api = createApi(transport, 1000);
  const { signal } = new AbortController();
  const facts = await gatherFacts([name], clusterGatherers, {
    api,
    subject: makeSubject(),
    signal,
  });
  return { fact: facts[name], requests: transport.requests };
}

const forbidden = () => ({
  status: 403,
  json: { kind: 'Status', status: 'Failure', reason: 'Forbidden', message: 'no', code: 403 },
});

describe('names of Secrets', () => {
  it('are asked for by type, and without what is in them', async () => {
    const { fact, requests } = await gather('secretNames', ({ path }) => ({
      json: {
        items: [{ metadata: { name: path.includes('tls') ? 'certificate' : 'other' } }],
      },
    }));
    expect(fact).toEqual({
      state: 'known',
      value: { opaque: ['other'], tls: ['certificate'], registry: ['other'] },
    });
    expect(requests).toHaveLength(3);
    for (const { accept } of requests) expect(accept).toContain('PartialObjectMetadataList');
  });

  it('are unknown to who may not list them', async () => {
    const { fact } = await gather('secretNames', forbidden);
    expect(fact).toMatchObject({ state: 'unknown', reason: 'forbidden' });
  });
});

describe('known Services', () => {
  const service = (
    name: string,
    product: string,
    ports: readonly { readonly name?: string; readonly port: number }[],
    more: { readonly component?: string; readonly clusterIP?: string } = {},
  ) => ({
    metadata: {
      name,
      namespace: 'data',
      labels: {
        'app.kubernetes.io/name': product,
        ...(more.component && { 'app.kubernetes.io/component': more.component }),
      },
    },
    spec: { clusterIP: more.clusterIP ?? '10.0.0.1', ports },
  });

  it('are told by the labels of the usual charts', async () => {
    const services = [
      service('redis-master', 'redis', [{ port: 6379 }], { component: 'master' }),
      service('redis-replicas', 'redis', [{ port: 6379 }], { component: 'replica' }),
      service('redis-headless', 'redis', [{ port: 6379 }], { clusterIP: 'None' }),
      service('nats', 'nats', [{ port: 4222 }, { port: 8222 }]),
      service('tempo', 'tempo', [{ port: 3200 }, { port: 4317 }]),
      service('jaeger-query', 'jaeger', [{ port: 16686 }]),
      service('prometheus-server', 'prometheus', [{ name: 'http', port: 80 }]),
    ];
    const { fact } = await gather('knownServices', ({ path }) => ({
      json: {
        items: path.includes('opentelemetry-collector%20')
          ? []
          : path.includes('component')
            ? [
                service('otel', 'custom', [{ port: 4317 }], {
                  component: 'opentelemetry-collector',
                }),
              ]
            : services,
      },
    }));
    expect(fact).toEqual({
      state: 'known',
      value: [
        { kind: 'nats', namespace: 'data', name: 'nats', port: 4222 },
        { kind: 'otlp', namespace: 'data', name: 'otel', port: 4317 },
        { kind: 'prometheus', namespace: 'data', name: 'prometheus-server', port: 80 },
        { kind: 'redis', namespace: 'data', name: 'redis-master', port: 6379 },
        { kind: 'otlp', namespace: 'data', name: 'tempo', port: 4317 },
      ],
    });
  });

  it('are unknown to who may not list them', async () => {
    const { fact } = await gather('knownServices', forbidden);
    expect(fact).toMatchObject({ state: 'unknown', reason: 'forbidden' });
  });
});
