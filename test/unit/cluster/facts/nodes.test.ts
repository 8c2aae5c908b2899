import { describe, expect, test } from 'vitest';
import { createApi } from '../../../../src/cluster/api.ts';
import { gatherFacts } from '../../../../src/cluster/facts/gather.ts';
import { clusterGatherers } from '../../../../src/cluster/facts/gatherers.ts';
import { makeSubject } from '../../../support/facts.ts';
import { fakeTransport } from '../fake-transport.ts';

interface Cluster {
  readonly count: number;
  /** CPU that the pods on a node request; it has 4. */
  readonly used: (node: number) => number;
  readonly zone?: (node: number) => string;
}

/** A cluster that answers pages of nodes, and the pods of one node or of all, as the API server does. */
function serve({ count, used, zone = (index) => 'abc'[index % 3] ?? '' }: Cluster) {
  return fakeTransport(({ path }) => {
    const url = new URL(path, 'http://cluster');
    const query = url.searchParams;
    if (url.pathname === '/api/v1/nodes') {
      const start = Number(query.get('continue') ?? 0);
      const end = Math.min(start + Number(query.get('limit')), count);
      const items = Array.from({ length: end - start }, (_, index) => ({
        metadata: {
          name: `node-${start + index}`,
          labels: { 'topology.kubernetes.io/zone': zone(start + index) },
        },
        status: {
          allocatable: { cpu: '4', memory: '16Gi', pods: '110' },
          conditions: [{ type: 'Ready', status: 'True' }],
        },
      }));
      const metadata =
        end < count ? { continue: String(end), remainingItemCount: count - end } : {};
      return { json: { items, metadata } };
    }
    if (url.pathname !== '/api/v1/pods') return { json: { items: [] } };
    expect(query.get('resourceVersion')).toBe('0');
    const node = /spec\.nodeName=node-(\d+)/.exec(query.get('fieldSelector') ?? '')?.[1];
    const nodes = node === undefined ? [...Array(count).keys()] : [Number(node)];
    const items = nodes.map((index) => ({
      metadata: { name: 'p' },
      spec: {
        nodeName: `node-${index}`,
        containers: [{ resources: { requests: { cpu: String(used(index)) } } }],
      },
    }));
    return { json: { items } };
  });
}

async function look(cluster: Cluster, replicas = 3) {
  const transport = serve(cluster);
  const pod = { ...makeSubject().pod, requests: { cpu: 1, memory: 0 } };
  const { nodes } = await gatherFacts(['nodes'], clusterGatherers, {
    api: createApi(transport, 5_000),
    subject: makeSubject({ replicas, pod, selector: {} }),
    signal: new AbortController().signal,
  });
  if (nodes?.state !== 'known') throw new Error(JSON.stringify(nodes));
  return { nodes: nodes.value, requests: transport.requests.length };
}

describe('room on nodes', () => {
  test('costs the same on 5,000 nodes as on 50, once every replica has a place', async () => {
    const small = await look({ count: 50, used: () => 1 });
    const large = await look({ count: 5_000, used: () => 1 });
    expect(large.requests).toBe(small.requests);
    expect(large.nodes).toMatchObject({ total: 5_000, complete: false });
    expect(large.nodes.seen).toHaveLength(50);
    const asked = large.nodes.seen.filter(({ free }) => free);
    expect(asked).toHaveLength(10);
    expect(asked[0]?.free).toMatchObject({ cpu: 3, pods: 109 });
  });

  test('goes on to the next page where the first is full', async () => {
    const { nodes } = await look({ count: 500, used: (index) => (index < 60 ? 4 : 0) });
    expect(nodes.seen).toHaveLength(100);
    expect(nodes.seen.filter(({ free }) => (free?.cpu ?? 0) >= 1).length).toBeGreaterThanOrEqual(4);
  });

  test('is looked for to an end on a full cluster, and no further than that', async () => {
    const { nodes, requests } = await look({ count: 5_000, used: () => 4 });
    expect(nodes).toMatchObject({ total: 5_000, complete: false });
    expect(requests).toBeLessThanOrEqual(210);
  });

  test('of a small cluster that is full is known to the last node', async () => {
    const { nodes } = await look({ count: 6, used: () => 4 });
    expect(nodes).toMatchObject({ total: 6, complete: true });
    expect(nodes.seen.every(({ free }) => free?.cpu === 0)).toBe(true);
  });

  test('is looked for in every zone, also where the nodes of one come first', async () => {
    const zone = (index: number) => 'abc'[Math.floor(index / 10)] ?? 'c';
    const { nodes } = await look({ count: 30, used: () => 0, zone });
    const zones = nodes.seen
      .filter(({ free }) => free)
      .map(({ labels }) => labels['topology.kubernetes.io/zone']);
    expect(new Set(zones)).toEqual(new Set(['a', 'b', 'c']));
  });
});
