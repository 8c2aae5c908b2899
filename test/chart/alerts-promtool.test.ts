import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { ensurePromtool } from '../../scripts/promtool.mjs';
import { alertNames } from '../../src/values/schema/monitoring.ts';
import { render } from '../support/render.ts';

const run = promisify(execFile);
const promtool = await ensurePromtool();
type Series = readonly [name: string, values: string];
const up: Series = ['up', '1x60'];

/** Series that make an alert fire, and some that do not. */
const cases: Record<(typeof alertNames)[number], { fires: Series[]; quiet: Series[] }> = {
  XervHighErrorRate: rate('0+6x60', '0+94x60', '0+4x60', '0+96x60'),
  XervCriticalErrorRate: rate('0+30x60', '0+70x60', '0+10x60', '0+90x60'),
  XervQueueDepthHigh: gauge('xerv_dispatch_queue_depth', 101, 100),
  XervQueueDepthCritical: gauge('xerv_dispatch_queue_depth', 501, 500),
  XervRaftLeaderMissing: gauge('xerv_raft_leader', 0, 1),
  XervRaftLeaderFlapping: {
    fires: [['xerv_raft_leader', '0 1 '.repeat(30).trim()]],
    quiet: [['xerv_raft_leader', '0 1x60']],
  },
  XervArenaStorageHigh: gauge('xerv_arena_size_bytes', 1073741825, 1073741824),
  XervArenaStorageCritical: gauge('xerv_arena_size_bytes', 4294967297, 4294967296),
  XervSlowTraceExecution: {
    fires: histogram('0x60', '0+10x60'),
    quiet: histogram('0+10x60', '0+10x60'),
  },
  XervNoTracesProcessed: {
    fires: [
      ['xerv_pending_traces', '5x60'],
      ['xerv_completed_traces_total', '7x60'],
    ],
    quiet: [
      ['xerv_pending_traces', '5x60'],
      ['xerv_completed_traces_total', '0+1x60'],
    ],
  },
  XervInstanceDown: { fires: [['up', '0x60']], quiet: [up] },
};

function rate(failed: string, completed: string, fewer: string, more: string) {
  const of = (bad: string, good: string): Series[] => [
    ['xerv_failed_traces_total', bad],
    ['xerv_completed_traces_total', good],
  ];
  return { fires: of(failed, completed), quiet: of(fewer, more) };
}
function gauge(name: string, above: number, below: number) {
  return { fires: [[name, `${above}x60`] as Series], quiet: [[name, `${below}x60`] as Series] };
}
function histogram(fast: string, all: string): Series[] {
  return ['30', '60', '+Inf'].map(
    (le) => [`xerv_trace_duration_seconds_bucket|${le}`, le === '30' ? fast : all] as const,
  );
}

const seriesOf = (job: string, series: readonly Series[]) =>
  series.map(([name, values]) => {
    const [metric, le] = name.split('|');
    const bucket = le ? `,le="${le}"` : '';
    return { series: `${metric}{namespace="team",job="${job}",pod="${job}-0"${bucket}}`, values };
  });

/** promtool, on a file of tests. @throws with what it says */
async function testRules(file: object): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'xerv-rules-'));
  try {
    await writeFile(join(folder, 'test.yaml'), stringify(file));
    const { stdout } = await run(promtool, ['test', 'rules', join(folder, 'test.yaml')]);
    expect(stdout).toContain('SUCCESS');
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The rules of two releases in one namespace, and whether each alert fires for the first. */
test('A31, A32, D71: every alert fires, stays quiet, has no data, and knows its release', async () => {
  const values = {
    dispatch: { backend: 'raft' },
    replicaCount: 3,
    monitoring: { alerts: { enabled: true } },
  };
  const folder = await mkdtemp(join(tmpdir(), 'xerv-rules-'));
  try {
    for (const release of ['xerv', 'xerv-two']) {
      const rule = (await render(values, { release })).get('PrometheusRule');
      await writeFile(join(folder, `${release}.yaml`), stringify(rule.spec));
    }
    await run(promtool, ['check', 'rules', join(folder, 'xerv.yaml')]);
    const evaluate = (series: object[], name: string, firing: readonly string[]) => ({
      interval: '1m',
      input_series: series,
      promql_expr_test: [
        {
          expr: `count by (namespace, job) (ALERTS{alertname="${name}",alertstate="firing"})`,
          eval_time: '40m',
          exp_samples: firing.map((job) => ({
            labels: `{namespace="team",job="${job}"}`,
            value: 1,
          })),
        },
      ],
    });
    const tests = alertNames.flatMap((name) => {
      const { fires, quiet } = cases[name];
      const isDown = name === 'XervInstanceDown';
      return [
        evaluate([...seriesOf('xerv', fires), ...seriesOf('xerv-two', quiet)], name, ['xerv']),
        evaluate([...seriesOf('xerv', quiet), ...seriesOf('xerv-two', quiet)], name, []),
        evaluate([], name, isDown ? ['xerv', 'xerv-two'] : []),
      ];
    });
    const file = { rule_files: ['xerv.yaml', 'xerv-two.yaml'], evaluation_interval: '1m', tests };
    await writeFile(join(folder, 'test.yaml'), stringify(file));
    const { stdout } = await run(promtool, ['test', 'rules', join(folder, 'test.yaml')]);
    expect(stdout).toContain('SUCCESS');
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('an instance of a canary does not stand for the others', async () => {
  const linkerd = { trafficSplit: { enabled: true } };
  const rule = (
    await render({
      serviceMesh: { enabled: true, provider: 'linkerd', linkerd },
      monitoring: { alerts: { enabled: true } },
    })
  ).get('PrometheusRule');
  const { groups } = rule.spec as { groups: { rules: { alert: string; expr: string }[] }[] };
  const expr = groups[0]?.rules.find(({ alert }) => alert === 'XervInstanceDown')?.expr;
  const of = (labels: string, value: number) => ({
    series: `up{namespace="team",job="xerv"${labels}}`,
    values: `${value}x5`,
  });
  const canary = ',xerv_io_track="canary"';
  const cases = [
    { input_series: [of(canary, 1), of('', 1)], labels: [] },
    { input_series: [of(canary, 1)], labels: ['{namespace="team",job="xerv"}'] },
    {
      input_series: [of(canary, 0), of('', 1)],
      labels: [`up{namespace="team",job="xerv"${canary}}`],
    },
  ];
  await testRules({
    tests: cases.map(({ input_series, labels }) => ({
      interval: '1m',
      input_series,
      promql_expr_test: [
        {
          expr,
          eval_time: '4m',
          exp_samples: labels.map((text) => ({
            labels: text,
            value: text.startsWith('up') ? 0 : 1,
          })),
        },
      ],
    })),
  });
});

test('D71: no raft alerts without raft', async () => {
  const { text } = await render({ monitoring: { alerts: { enabled: true } } });
  expect(text).not.toContain('XervRaft');
});

test('a threshold of 0 is one, and large ones stay numbers', async () => {
  const alerts = { enabled: true, errorRateThreshold: 0, arenaSizeWarning: 4294967296 };
  const { text } = await render({ monitoring: { alerts } });
  expect(text).toMatch(/\* 0\)\) > 0"/);
  expect(text).toContain('> 4294967296');
});
