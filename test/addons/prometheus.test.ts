import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { cacheDirectory } from '../../scripts/cache.mjs';
import { eventually, kubectl, makeNamespace } from '../support/cluster.ts';
import { runCommand } from '../support/run-command.ts';
import { ensureServers } from './build/servers.mjs';
import { apply, PATIENCE, useAddOnCluster } from './support/add-on-cluster.ts';
import { discoverTargets } from './support/discovery.ts';
import { loadPreset } from './support/presets.ts';
import {
  readConfiguration,
  readRuleFiles,
  startPrometheus,
  startPrometheusOperator,
} from './support/prometheus.ts';
import { installRelease } from './support/release.ts';

const NAME = 'main';
const LABELS = { release: 'kube-prometheus-stack' };
const cluster = useAddOnCluster(startPrometheusOperator);

/** As kube-prometheus-stack makes it: it takes what has the label of its release. */
async function makePrometheus(): Promise<string> {
  const namespace = await makeNamespace(cluster);
  const selector = { matchLabels: LABELS };
  const everywhere = {};
  await apply(cluster, [
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'Prometheus',
      metadata: { name: NAME, namespace },
      spec: {
        version: 'v2.42.0',
        serviceMonitorSelector: selector,
        podMonitorSelector: selector,
        ruleSelector: selector,
        serviceMonitorNamespaceSelector: everywhere,
        podMonitorNamespaceSelector: everywhere,
        ruleNamespaceSelector: everywhere,
        evaluationInterval: '1s',
      },
    },
  ]);
  await eventually(() => readConfiguration(cluster, namespace, NAME), PATIENCE);
  return namespace;
}

interface ScrapeConfiguration {
  readonly job_name: string;
  readonly kubernetes_sd_configs: readonly { readonly role: string }[];
}

/** The names of the jobs that scrape a namespace's pods. */
async function readJobs(prometheus: string, namespace: string) {
  const text = await readConfiguration(cluster, prometheus, NAME);
  const { scrape_configs: jobs } = parse(text) as { scrape_configs?: ScrapeConfiguration[] };
  return (jobs ?? []).filter((job) => job.job_name.includes(`/${namespace}/`));
}

const jobsOf = async (prometheus: string, namespace: string) =>
  (await readJobs(prometheus, namespace)).map((job) => job.job_name);

const withMonitor = (kind: string, labels: object) => ({
  metrics: { enabled: true, [kind]: { enabled: true, interval: '30s', labels } },
});

test.each([
  ['serviceMonitor', 'serviceMonitor'],
  ['podMonitor', 'podMonitor'],
])(
  '%s: with the label that Prometheus selects there is a scrape job, without it none',
  async (kind, job) => {
    const prometheus = await makePrometheus();
    const [labelled, unlabelled] = [await makeNamespace(cluster), await makeNamespace(cluster)];
    await installRelease(cluster, unlabelled, withMonitor(kind, {}));
    await installRelease(cluster, labelled, withMonitor(kind, LABELS));
    await eventually(async () => {
      const names = await jobsOf(prometheus, labelled);
      return names.length > 0 ? true : undefined;
    }, PATIENCE);
    expect(await jobsOf(prometheus, labelled)).toEqual([`${job}/${labelled}/xerv/0`]);
    expect(await jobsOf(prometheus, unlabelled)).toEqual([]);
  },
);

test('the rules are in its rule files, those with the label only', async () => {
  const prometheus = await makePrometheus();
  const [labelled, unlabelled] = [await makeNamespace(cluster), await makeNamespace(cluster)];
  const alerts = (labels: object) => ({ monitoring: { alerts: { enabled: true, labels } } });
  await installRelease(cluster, unlabelled, alerts({}));
  await installRelease(cluster, labelled, alerts(LABELS));
  const files = await eventually(async () => {
    const found = await readRuleFiles(cluster, prometheus, NAME);
    return Object.keys(found).some((name) => name.includes(labelled)) ? found : undefined;
  }, PATIENCE);
  expect(Object.keys(files).filter((name) => name.includes(unlabelled))).toEqual([]);
  expect(Object.values(files).join('\n')).toContain('XervInstanceDown');
});

/** Plays the network between Prometheus and the pods, which do not run here. */
const pods = createServer((request, response) => {
  const url = new URL(request.url ?? '', 'http://pods');
  requested.push(`${url.port}${url.pathname}`);
  // As XERV 0.1.0 names them.
  response.end('xerv_xerv_active_traces 7\nxerv_xerv_dispatch_queue_depth 1000\n');
});
const requested: string[] = [];
let proxy = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => pods.listen(0, '127.0.0.1', resolve));
  const address = pods.address();
  if (address && typeof address === 'object') proxy = `http://127.0.0.1:${address.port}`;
});
afterAll(() => {
  pods.close();
});

interface Target {
  readonly health: string;
  readonly lastError: string;
  readonly labels: Readonly<Record<string, string>>;
}

test.each([
  ['serviceMonitor', {}, '9090/metrics'],
  ['podMonitor', {}, '9090/metrics'],
  ['serviceMonitor', { onApiPort: true }, '8080/api/v1/metrics'],
  ['podMonitor', { onApiPort: true }, '8080/api/v1/metrics'],
])(
  'a real Prometheus takes the configuration of the operator: it finds the pods by our %s (%o), scrapes %s, and an alert fires',
  async (kind, more, path) => {
    const prometheus = await makePrometheus();
    const namespace = await makeNamespace(cluster);
    const values = {
      ...(await loadPreset('observability')),
      metrics: {
        enabled: true,
        ...more,
        [kind]: { enabled: true, interval: '1s', scrapeTimeout: '1s', labels: LABELS },
      },
      monitoring: {
        alerts: { enabled: true, labels: LABELS, queueDepthCriticalDuration: '1s' },
      },
    };
    await installRelease(cluster, namespace, values, '--wait');
    await eventually(async () => {
      const files = Object.keys(await readRuleFiles(cluster, prometheus, NAME));
      const jobs = await jobsOf(prometheus, namespace);
      return jobs.length > 0 && files.some((name) => name.includes(namespace)) ? true : undefined;
    }, PATIENCE);

    requested.length = 0;
    const server = await startPrometheus(cluster, await localConfiguration(prometheus, namespace));
    // It would go on asking the stand-in, which the next one shares.
    onTestFinished(server.stop);
    const target = await eventually(async () => {
      const { activeTargets } = await server.api<{ activeTargets: Target[] }>('/targets');
      return activeTargets.find(({ health }) => health === 'up');
    }, PATIENCE);
    expect(target.labels).toMatchObject({ namespace, job: 'xerv' });
    expect(new Set(requested)).toEqual(new Set([path]));

    const alerts = await eventually(async () => {
      const found = await server.api<{
        alerts: { labels: Record<string, string>; state: string }[];
      }>('/alerts');
      const firing = found.alerts.filter(({ state }) => state === 'firing');
      return firing.some(({ labels }) => labels.alertname === 'XervQueueDepthCritical')
        ? firing
        : undefined;
    }, PATIENCE);
    expect(alerts.every(({ labels }) => labels.alertname !== 'XervInstanceDown')).toBe(true);
    await checkConfiguration(prometheus);
  },
);

/**
 * The operator's configuration, with the rule files where they are here, the pods and endpoints
 * of this cluster in files, and every request to a pod sent to the stand-in: no pod has an address
 * that exists.
 */
async function localConfiguration(prometheus: string, namespace: string): Promise<string> {
  const directory = join(cluster.directory, `rules-${prometheus}`);
  await mkdir(directory);
  for (const [name, text] of Object.entries(await readRuleFiles(cluster, prometheus, NAME)))
    if (name.includes(namespace)) await writeFile(join(directory, name), text);
  const text = await readConfiguration(cluster, prometheus, NAME);
  // What the operator's config-reloader fills in beside the first Prometheus of a shard.
  const configuration = parse(text.replaceAll('$(SHARD)', '0')) as {
    scrape_configs: ScrapeConfiguration[];
  };
  const own = configuration.scrape_configs.filter((job) => job.job_name.includes(`/${namespace}/`));
  const jobs = own.map(async ({ kubernetes_sd_configs, ...job }, index) => {
    const found = kubernetes_sd_configs.map(({ role }) =>
      discoverTargets(cluster, namespace, role),
    );
    const file = join(directory, `targets-${index}.json`);
    await writeFile(file, JSON.stringify((await Promise.all(found)).flat()));
    return { ...job, proxy_url: proxy, file_sd_configs: [{ files: [file] }] };
  });
  return stringify({
    ...configuration,
    rule_files: [join(directory, '*.yaml')],
    scrape_configs: await Promise.all(jobs),
  });
}

/** promtool, on what the operator made and on our rules as they stand. */
async function checkConfiguration(prometheus: string): Promise<void> {
  const { paths, env } = await ensureServers({ cacheDirectory: cacheDirectory() });
  const rules = join(cluster.directory, `rules-${prometheus}`);
  const { code, stdout, stderr } = await runCommand(
    'sh',
    ['-c', `exec "$0" check rules "$1"/*.yaml`, paths.promtool, rules],
    { env },
  );
  expect({ code, said: `${stdout}${stderr}` }).toMatchObject({
    code: 0,
    said: expect.stringContaining('SUCCESS'),
  });
}

test('the operator is asked: it leaves out a monitor that no schema would refuse', async () => {
  const prometheus = await makePrometheus();
  const namespace = await makeNamespace(cluster);
  await apply(cluster, [
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
      metadata: { name: 'wrong', namespace, labels: LABELS },
      spec: {
        selector: {},
        endpoints: [{ port: 'http', basicAuth: { username: { name: 'nowhere', key: 'user' } } }],
      },
    },
  ]);
  await installRelease(cluster, namespace, withMonitor('serviceMonitor', LABELS));
  const jobs = await eventually(async () => {
    const names = await jobsOf(prometheus, namespace);
    return names.length > 0 ? names : undefined;
  }, PATIENCE);
  expect(jobs).toEqual([`serviceMonitor/${namespace}/xerv/0`]);
  await kubectl(cluster, ['delete', 'servicemonitor', 'wrong', '-n', namespace]);
});
