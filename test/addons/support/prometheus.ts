import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { cacheDirectory } from '../../../scripts/cache.mjs';
import { findFreePorts } from '../../cluster/control-plane/processes.mjs';
import { kubectlJson } from '../../support/cluster.ts';
import { ensureServers } from '../build/servers.mjs';
import { type AddOnCluster, applyCrds } from './add-on-cluster.ts';

/** prometheus-operator: makes the configuration of the Prometheus objects that it finds. */
export async function startPrometheusOperator(cluster: AddOnCluster): Promise<void> {
  const { binary, files } = await cluster.program('prometheus-operator');
  await applyCrds(cluster, join(files, 'example/prometheus-operator-crd'));
  const [proxy = 0, web = 0] = await findFreePorts(2);
  // It knows no kubeconfig.
  const kubectlProxy = cluster.start({
    name: 'kubectl-proxy',
    file: cluster.tools.kubectl,
    args: ['--kubeconfig', cluster.kubeconfigs.admin, 'proxy', `--port=${proxy}`],
  });
  await kubectlProxy.until('answer', () => isOk(`http://127.0.0.1:${proxy}/version`));
  const operator = cluster.start({
    name: 'prometheus-operator',
    file: binary,
    args: [`-apiserver=http://127.0.0.1:${proxy}`, `-web.listen-address=127.0.0.1:${web}`],
  });
  await operator.until('health', () => isOk(`http://127.0.0.1:${web}/healthz`));
}

async function isOk(url: string): Promise<true | undefined> {
  const { ok } = await fetch(url);
  return ok || undefined;
}

/** The configuration that the operator made for a Prometheus object, as Prometheus would get it. */
export async function readConfiguration(
  cluster: AddOnCluster,
  namespace: string,
  prometheus: string,
): Promise<string> {
  const { data } = await kubectlJson<{ data: Record<string, string> }>(cluster, [
    ...['get', 'secret', `prometheus-${prometheus}`, '-n', namespace],
  ]);
  const packed = data['prometheus.yaml.gz'];
  if (!packed) throw new Error('the operator made no configuration yet');
  return gunzipSync(Buffer.from(packed, 'base64')).toString();
}

/** The rule files that the operator made for a Prometheus object, by name. */
export async function readRuleFiles(
  cluster: AddOnCluster,
  namespace: string,
  prometheus: string,
): Promise<Readonly<Record<string, string>>> {
  const { items } = await kubectlJson<{ items: { data?: Record<string, string> }[] }>(cluster, [
    ...['get', 'configmap', '-n', namespace, '-l', `prometheus-name=${prometheus}`],
  ]);
  return Object.assign({}, ...items.map(({ data = {} }) => data));
}

export interface PrometheusServer {
  /** Without a slash at its end. */
  readonly url: string;
  /** What its API gives for a path below /api/v1. */
  readonly api: <T>(path: string) => Promise<T>;
  readonly stop: () => Promise<void>;
}

/**
 * A real Prometheus on the loopback interface.
 * @param configuration its file; the paths in it are from the cluster's directory
 */
export async function startPrometheus(
  cluster: AddOnCluster,
  configuration: string,
): Promise<PrometheusServer> {
  const { paths, env } = await ensureServers({ cacheDirectory: cacheDirectory() });
  const [port = 0] = await findFreePorts(1);
  const directory = join(cluster.directory, `prometheus-${port}`);
  await mkdir(directory);
  const file = join(cluster.directory, `prometheus-${port}.yaml`);
  await writeFile(file, configuration);
  const prometheus = cluster.start({
    name: `prometheus-${port}`,
    file: paths.prometheus,
    args: [
      `--config.file=${file}`,
      `--storage.tsdb.path=${directory}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    env,
  });
  const url = `http://127.0.0.1:${port}`;
  await prometheus.until('readiness', () => isOk(`${url}/-/ready`));
  return {
    url,
    stop: prometheus.stop,
    async api<T>(path: string) {
      const answer = await fetch(`${url}/api/v1${path}`);
      const { data, error } = (await answer.json()) as { data: T; error?: string };
      if (error) throw new Error(`${path}: ${error}`);
      return data;
    },
  };
}
