import { describe, expect, test } from 'vitest';
import type { CheckId } from '../../../src/checks/types.ts';
import type { Tree } from '../../../src/values/tree.ts';
import { type CheckSituation, mend, runCheck, statusesOf } from '../../support/check-input.ts';

const dashboards = (more: Tree = {}): Tree => ({
  monitoring: { dashboards: { enabled: true, ...more } },
});
const tracing = (endpoint: string): Tree => ({
  monitoring: { tracing: { enabled: true, endpoint } },
});
const environment = (...extraEnv: Tree[]): Tree => ({ extraEnv });

const sidecar = {
  namespace: 'monitoring',
  name: 'grafana',
  label: 'grafana_dashboard',
  labelValue: '1',
  searchNamespaces: ['ALL'],
  folderAnnotation: '',
};
const grafana = (parts: Partial<typeof sidecar> = {}) => ({ grafana: [{ ...sidecar, ...parts }] });
const service = (exists: boolean, ports: number[] = [4317], readyEndpoints: number | null = 1) => ({
  services: { 'xerv/tempo': { exists, ports, readyEndpoints } },
});
const collector = { values: tracing('http://tempo:4317') };

const table: readonly (readonly [CheckId, string, CheckSituation, string[]])[] = [
  ['XV-608', 'D72: everywhere', { values: dashboards(), facts: grafana() }, ['pass']],
  [
    'XV-608',
    'D72: any value',
    { values: dashboards(), facts: grafana({ labelValue: '' }) },
    ['pass'],
  ],
  [
    'XV-608',
    'D72: another label',
    { values: dashboards(), facts: grafana({ label: 'board' }) },
    ['warn'],
  ],
  [
    'XV-608',
    'D72: another namespace',
    { values: dashboards(), facts: grafana({ searchNamespaces: [] }) },
    ['warn'],
  ],
  [
    'XV-608',
    'D72: put there',
    { values: dashboards({ namespace: 'monitoring' }), facts: grafana({ searchNamespaces: [] }) },
    ['pass'],
  ],
  [
    'XV-608',
    'D72: this one among several',
    { values: dashboards(), facts: grafana({ searchNamespaces: ['a', 'xerv'] }) },
    ['pass'],
  ],
  ['XV-608', 'D72: no sidecar', { values: dashboards(), facts: { grafana: [] } }, ['warn']],
  [
    'XV-608',
    'D72: another annotation for the folder',
    {
      values: dashboards({ folder: 'XERV' }),
      facts: grafana({ folderAnnotation: 'board_folder' }),
    },
    ['warn'],
  ],
  ['XV-608', 'D72: cannot look', { values: dashboards(), unknown: ['grafana'] }, ['unknown']],
  ['XV-608', 'no dashboards', {}, []],
  ['XV-611', 'D73: gRPC', { values: tracing('http://tempo:4317') }, ['pass']],
  ['XV-611', 'D73: no scheme', { values: tracing('tempo:4317') }, ['pass']],
  ['XV-611', 'D73: empty', { values: tracing('') }, ['fail']],
  ['XV-611', 'D73: the port of HTTP', { values: tracing('http://tempo:4318') }, ['warn']],
  ['XV-611', 'D73: and its path', { values: tracing('http://tempo:4318/v1/traces') }, ['warn']],
  ['XV-611', 'D73: another scheme', { values: tracing('grpc://tempo:4317') }, ['warn']],
  ['XV-611', 'off', {}, []],
  ['XV-612', 'there', { ...collector, facts: service(true) }, ['pass']],
  ['XV-612', 'not there', { ...collector, facts: service(false) }, ['warn']],
  ['XV-612', 'another port', { ...collector, facts: service(true, [80]) }, ['warn']],
  ['XV-612', 'nobody answers', { ...collector, facts: service(true, [4317], 0) }, ['warn']],
  ['XV-612', 'endpoints unseen', { ...collector, facts: service(true, [4317], null) }, ['pass']],
  ['XV-612', 'cannot look', { ...collector, unknown: ['services'] }, ['unknown']],
  [
    'XV-612',
    'may be outside',
    {
      values: tracing('https://tempo.example:4317'),
      facts: { services: { 'example/tempo': { exists: false, ports: [], readyEndpoints: null } } },
    },
    ['unknown'],
  ],
  ['XV-612', 'outside', { values: tracing('https://traces.example.com:4317') }, []],
  ['XV-613', 'B8: the public image', { values: tracing('http://tempo:4317') }, ['warn']],
  [
    'XV-613',
    'an own image',
    { values: { ...tracing('http://tempo:4317'), image: { repository: 'a/b' } } },
    ['pass'],
  ],
  [
    'XV-614',
    'D74: another',
    { values: environment({ name: 'RUST_LOG', value: 'debug' }) },
    ['warn'],
  ],
  [
    'XV-614',
    'D74: the same',
    { values: environment({ name: 'RUST_LOG', value: 'xerv=info' }) },
    ['pass'],
  ],
  [
    'XV-614',
    'D74: from a Secret',
    {
      values: environment({
        name: 'RUST_LOG',
        valueFrom: { secretKeyRef: { name: 'a', key: 'b' } },
      }),
    },
    ['warn'],
  ],
  [
    'XV-614',
    'D74: a number',
    { values: environment({ name: 'XERV_NODE_TIMEOUT_MS', value: 30000 }) },
    ['pass'],
  ],
  ['XV-614', 'of its own', { values: environment({ name: 'TZ', value: 'UTC' }) }, ['pass']],
  ['XV-614', 'none', {}, []],
];

test.each(table)('%s %s', (id, _, situation, expected) => {
  expect(statusesOf(id, situation)).toEqual(expected);
});

describe('what mends them', () => {
  test.each<[CheckId, CheckSituation & { values: Tree }]>([
    ['XV-608', { values: dashboards(), facts: grafana({ label: 'board', labelValue: 'yes' }) }],
    ['XV-608', { values: dashboards(), facts: grafana({ searchNamespaces: [] }) }],
    [
      'XV-608',
      { values: dashboards(), facts: grafana({ label: 'board', searchNamespaces: ['a'] }) },
    ],
    ['XV-608', { values: dashboards({ folder: 'A' }), facts: grafana({ folderAnnotation: 'in' }) }],
    ['XV-611', { values: tracing('') }],
    ['XV-611', { values: tracing('http://tempo:4318/v1/traces') }],
    ['XV-611', { values: tracing('grpc://tempo:4317') }],
  ])('%s', (id, situation) => {
    const mended = mend(runCheck(id, situation)[0], situation.values);
    expect(mended).not.toEqual(situation.values);
    const after = statusesOf(id, { ...situation, values: mended });
    expect(after.filter((status) => status !== 'pass')).toEqual([]);
  });
});

test('D74: values are never quoted, since they may be secret', () => {
  const values = {
    ...tracing('http://user:canary@tempo:4317'),
    extraEnv: [{ name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: 'http://canary@x' }],
  };
  expect(JSON.stringify(runCheck('XV-614', { values }))).not.toContain('canary');
  expect(JSON.stringify(runCheck('XV-611', { values }))).not.toContain('canary');
});
