import { expect, test } from 'vitest';
import type { FactValue } from '../../../src/cluster/facts/facts.ts';
import { type CheckSituation, runCheck } from '../../support/check-input.ts';
import { judgeVerdicts, type Row } from '../../support/check-table.ts';
import { allNodes, makeNamespaceFact, makeNode, makeWorkload } from '../../support/workloads.ts';

const host = 'kubernetes.io/hostname';
const zone = 'topology.kubernetes.io/zone';
const rule = (app: string, topologyKey = host, more: object = {}) => ({
  topologyKey,
  labelSelector: { matchLabels: { app } },
  ...more,
});
const required = 'requiredDuringSchedulingIgnoredDuringExecution';
const rules = (kind: 'podAffinity' | 'podAntiAffinity', ...terms: object[]) => ({
  affinity: { [kind]: { [required]: terms } },
});
type Neighbours = NonNullable<FactValue<'nodes'>['neighbours']>;
const pods = (app: string, nodes: string[], by = host, complete = true): Neighbours => [
  { rule: `app=${app} by ${by}`, nodes, complete },
];

/** Nodes without pods of others for a rule that has the key app beside its selector. */
const keyed = (operator: string): Neighbours => [
  { rule: `app=xerv,app ${operator} (xerv) by ${host}`, nodes: [], complete: true },
];

/** On three nodes in two zones. */
const on = (
  pod: object,
  neighbours?: Neighbours,
  { replicas = 1, podLabels = {}, nodes = three() } = {},
): CheckSituation => ({
  objects: [makeWorkload({ replicas, pod, podLabels })],
  facts: {
    nodes: { ...allNodes(...nodes), ...(neighbours ? { neighbours } : {}) },
    namespace: makeNamespaceFact(),
    claims: [],
  },
});
const three = (parts: Parameters<typeof makeNode>[1] = {}) =>
  ['n1', 'n2', 'n3'].map((name, index) =>
    makeNode(name, { ...parts, labels: { [zone]: index < 2 ? 'a' : 'b' } }),
  );
const own = { podLabels: { app: 'xerv' } };
const kept = (key: string) => [{ pod: 'db/postgres-0', key }];

const table: readonly Row[] = [
  [
    'XV-801',
    'near a pod that is there',
    on(rules('podAffinity', rule('db')), pods('db', ['n2'])),
    ['pass'],
  ],
  [
    'XV-801',
    'near a pod that is nowhere',
    on(rules('podAffinity', rule('db')), pods('db', [])),
    ['fail'],
  ],
  [
    'XV-801',
    'five CPUs near one of four',
    on(rules('podAffinity', rule('db')), pods('db', ['n2']), { replicas: 5 }),
    ['fail'],
  ],
  [
    'XV-801',
    'five CPUs in a zone of eight',
    on(rules('podAffinity', rule('db', zone)), pods('db', ['n2'], zone), { replicas: 5 }),
    ['pass'],
  ],
  [
    'XV-801',
    'near both of two',
    on(rules('podAffinity', rule('db'), rule('cache')), [
      ...pods('db', ['n1', 'n2']),
      ...pods('cache', ['n2', 'n3']),
    ]),
    ['pass'],
  ],
  [
    'XV-801',
    'near two that are apart',
    on(rules('podAffinity', rule('db'), rule('cache')), [
      ...pods('db', ['n1']),
      ...pods('cache', ['n3']),
    ]),
    ['fail'],
  ],
  [
    'XV-801',
    'near each other: the first goes anywhere, the others to it',
    on(rules('podAffinity', rule('xerv')), pods('xerv', []), { ...own, replicas: 4 }),
    ['pass'],
  ],
  [
    'XV-801',
    'near each other, more than a node holds',
    on(rules('podAffinity', rule('xerv')), pods('xerv', []), { ...own, replicas: 5 }),
    ['fail'],
  ],
  [
    'XV-801',
    'near each other and others of the kind',
    on(rules('podAffinity', rule('xerv')), pods('xerv', ['n1']), {
      ...own,
      nodes: [makeNode('n1', { free: { cpu: 0, memory: 0, pods: 1 } }), makeNode('n2')],
    }),
    ['fail'],
  ],
  [
    'XV-801',
    'near pods that could not be looked for',
    on(rules('podAffinity', rule('db', host, { namespaceSelector: { matchLabels: { a: 'b' } } }))),
    ['unknown'],
  ],
  [
    'XV-801',
    'near pods of which too many are there',
    on(rules('podAffinity', rule('db')), pods('db', [], host, false)),
    ['unknown'],
  ],
  [
    'XV-801',
    'near pods by a label that no node has',
    on(rules('podAffinity', rule('db', 'rack')), pods('db', ['n1'], 'rack')),
    ['fail'],
  ],

  [
    'XV-801',
    'away from a pod',
    on(rules('podAntiAffinity', rule('db')), pods('db', ['n1', 'n2'])),
    ['pass'],
  ],
  [
    'XV-801',
    'away from pods that are everywhere',
    on(rules('podAntiAffinity', rule('db')), pods('db', ['n1', 'n2', 'n3'])),
    ['fail'],
  ],
  [
    'XV-801',
    'away from the zones of a pod',
    on(rules('podAntiAffinity', rule('db', zone)), pods('db', ['n1', 'n3'], zone)),
    ['fail'],
  ],
  [
    'XV-801',
    'away from pods of which nothing is known',
    on(rules('podAntiAffinity', rule('db'))),
    ['unknown'],
  ],
  [
    'XV-801',
    'away from pods of which too many are there',
    on(rules('podAntiAffinity', rule('db')), pods('db', ['n1'], host, false)),
    ['unknown'],
  ],

  [
    'XV-801',
    'away from its own kind in namespaces that are others',
    on(
      rules(
        'podAntiAffinity',
        rule('xerv', host, { namespaceSelector: { matchLabels: { a: 'b' } } }),
      ),
      [{ rule: `app=xerv in namespaces with a=b by ${host}`, nodes: [], complete: true }],
      { ...own, replicas: 4 },
    ),
    ['pass'],
  ],
  [
    'XV-801',
    'away from its own kind in namespaces of which its own is one',
    on(
      rules(
        'podAntiAffinity',
        rule('xerv', host, {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'xerv' } },
        }),
      ),
      [
        {
          rule: `app=xerv in namespaces with kubernetes.io/metadata.name=xerv by ${host}`,
          nodes: [],
          complete: true,
        },
      ],
      { ...own, replicas: 4 },
    ),
    ['fail'],
  ],
  [
    'XV-801',
    'apart by a key that says the same of all of them',
    on(rules('podAntiAffinity', rule('xerv', host, { matchLabelKeys: ['app'] })), keyed('in'), {
      ...own,
      replicas: 4,
    }),
    ['fail'],
  ],
  [
    'XV-801',
    'apart from those of another key, which none of them is',
    on(
      rules('podAntiAffinity', rule('xerv', host, { mismatchLabelKeys: ['app'] })),
      keyed('notin'),
      { ...own, replicas: 4 },
    ),
    ['pass'],
  ],
  [
    'XV-801',
    'apart by a key that they do not have, which counts for nothing',
    on(
      rules('podAntiAffinity', rule('xerv', host, { matchLabelKeys: ['tier'] })),
      pods('xerv', []),
      { ...own, replicas: 4 },
    ),
    ['fail'],
  ],
  [
    'XV-801',
    'apart from those of the same template only, of which nobody else has pods',
    on(
      rules('podAntiAffinity', rule('xerv', host, { matchLabelKeys: ['pod-template-hash'] })),
      undefined,
      { ...own, replicas: 4 },
    ),
    ['fail'],
  ],
  [
    'XV-801',
    'apart by a label that each pod has of its own',
    on(
      rules(
        'podAntiAffinity',
        rule('xerv', host, { matchLabelKeys: ['apps.kubernetes.io/pod-index'] }),
      ),
      pods('xerv', []),
      { ...own, replicas: 4 },
    ),
    ['unknown'],
  ],
  [
    'XV-801',
    'pods of another workload are kept away',
    on({}, undefined, {
      nodes: three({ repelling: [{ pod: 'db/postgres-0', key: host, of: ['xerv-canary'] }] }),
    }),
    ['pass'],
  ],

  [
    'XV-801',
    'kept away from one node',
    on({}, undefined, { nodes: [makeNode('n1', { repelling: kept(host) }), makeNode('n2')] }),
    ['pass'],
  ],
  [
    'XV-801',
    'kept away from every node',
    on({}, undefined, { nodes: three({ repelling: kept(host) }) }),
    ['fail'],
  ],
  [
    'XV-801',
    'kept away from a zone, by a pod on another node of it',
    on({}, undefined, {
      nodes: [
        makeNode('n1', { repelling: kept(zone) }),
        makeNode('n2'),
        makeNode('n3', { labels: { [zone]: 'b' }, ready: false }),
      ],
    }),
    ['fail'],
  ],
  [
    'XV-801',
    'kept away by a label that the nodes do not have',
    on({}, undefined, { nodes: three({ repelling: kept('rack') }) }),
    ['pass'],
  ],
];

judgeVerdicts(table);

test.each([
  [30, 'unknown'],
  [31, 'pass'],
])('keys of rules count since 1.31: on 1.%i', (minor, status) => {
  const keys = { matchLabelKeys: ['app'] };
  const situation = on(rules('podAntiAffinity', rule('xerv', host, keys)), keyed('in'), own);
  const server = { gitVersion: `v1.${minor}.0`, major: 1, minor, distribution: '', platform: '' };
  const [verdict] = runCheck('XV-801', {
    ...situation,
    facts: { ...situation.facts, server: server as never },
  });
  expect(verdict?.status).toBe(status);
});

test('it is said who keeps them away, in the words of the scheduler', () => {
  const [verdict] = runCheck(
    'XV-801',
    on({}, undefined, { nodes: three({ repelling: kept(host) }) }),
  );
  expect(verdict?.evidence).toEqual([
    expect.stringContaining(
      "0/3 nodes are available: 3 node(s) didn't satisfy existing pods anti-affinity rules",
    ),
    ...Array(3).fill(`pod db/postgres-0 keeps these pods away by its podAntiAffinity (${host})`),
  ]);
});
