import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { findFreePorts } from '../../cluster/control-plane/processes.mjs';
import { kubectlJson } from '../../support/cluster.ts';
import { runCommand } from '../../support/run-command.ts';
import { type AddOnCluster, apply, applyCrds } from './add-on-cluster.ts';

const NAMESPACE = 'istio-system';
const CHART = 'manifests/charts/istio-control/istio-discovery';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
}

/** Istio's control plane, installed as its own chart does, but for where istiod runs. */
export async function startIstio(cluster: AddOnCluster): Promise<void> {
  const { binary, files } = await cluster.program('pilot-discovery');
  await applyCrds(cluster, join(files, 'manifests/charts/base/files/crd-all.gen.yaml'));
  await apply(cluster, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } }]);

  const [https = 0, http = 0, grpc = 0, secureGrpc = 0, monitoring = 0] = await findFreePorts(5);
  const base = await renderChart(cluster, join(files, 'manifests/charts/base'), https);
  const manifests = await renderChart(cluster, join(files, CHART), https);
  const others = /^(CustomResourceDefinition|Deployment|HorizontalPodAutoscaler)$/;
  await apply(
    cluster,
    [...base, ...manifests].filter(({ kind }) => !others.test(kind)),
  );

  const directory = join(cluster.directory, 'istiod');
  await writeConfiguration(directory, manifests);
  const istiod = cluster.start({
    name: 'istiod',
    file: binary,
    cwd: directory,
    args: [
      'discovery',
      `--kubeconfig=${cluster.kubeconfigs.admin}`,
      `--httpsAddr=127.0.0.1:${https}`,
      `--httpAddr=127.0.0.1:${http}`,
      `--grpcAddr=127.0.0.1:${grpc}`,
      `--secureGRPCAddr=127.0.0.1:${secureGrpc}`,
      `--monitoringAddr=127.0.0.1:${monitoring}`,
    ],
    env: {
      POD_NAMESPACE: NAMESPACE,
      POD_NAME: 'istiod',
      REVISION: 'default',
      CLUSTER_ID: 'Kubernetes',
      PILOT_CERT_PROVIDER: 'istiod',
      ISTIOD_CUSTOM_HOST: 'localhost',
      INJECTION_WEBHOOK_CONFIG_NAME: 'istio-sidecar-injector',
      VALIDATION_WEBHOOK_CONFIG_NAME: `istio-validator-${NAMESPACE}`,
    },
  });
  await istiod.until('readiness', async () => {
    const { ok } = await fetch(`http://127.0.0.1:${http}/ready`);
    return ok || undefined;
  });
  // It writes its authority into the configurations of its webhooks, once for each of them.
  for (const kind of ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'])
    await istiod.until(`authority in ${kind}`, () => hasAuthority(cluster, kind));
}

async function renderChart(cluster: AddOnCluster, chart: string, port: number) {
  const url = `https://localhost:${port}`;
  const args = [
    ...['template', 'istiod', chart, '--namespace', NAMESPACE],
    ...['--set', `istiodRemote.injectionURL=${url}/inject`],
    ...['--set', `base.validationURL=${url}/validate,defaultRevision=default`],
  ];
  const { code, stdout, stderr } = await runCommand(cluster.tools.helm4, args);
  if (code !== 0) throw new Error(stderr);
  return parseAllDocuments(stdout)
    .map((document) => document.toJS() as Manifest | null)
    .filter((manifest) => manifest !== null);
}

/** The files that istiod finds in its working directory: in a cluster they are mounted there. */
async function writeConfiguration(directory: string, manifests: readonly Manifest[]) {
  const data = (name: string) =>
    manifests.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === name)?.data ??
    {};
  const inject = join(directory, 'var/lib/istio/inject');
  const config = join(directory, 'etc/istio/config');
  await mkdir(inject, { recursive: true });
  await mkdir(config, { recursive: true });
  const injector = data('istio-sidecar-injector');
  await Promise.all([
    writeFile(join(config, 'mesh'), data('istio').mesh ?? ''),
    writeFile(join(inject, 'config'), injector.config ?? ''),
    writeFile(join(inject, 'values'), injector.values ?? ''),
  ]);
}

async function hasAuthority(cluster: AddOnCluster, kind: string): Promise<true | undefined> {
  const { items } = await kubectlJson<{
    items: { webhooks: { clientConfig: { caBundle?: string } }[] }[];
  }>(cluster, ['get', kind]);
  const webhooks = items.flatMap((item) => item.webhooks);
  return webhooks.length > 0 && webhooks.every((webhook) => webhook.clientConfig.caBundle)
    ? true
    : undefined;
}

/** istioctl, with the mesh's and the cluster's configuration. @returns what it says, and its code */
export async function istioctl(cluster: AddOnCluster, args: readonly string[]) {
  const { binary } = await cluster.program('istioctl');
  return runCommand(binary, ['--kubeconfig', cluster.kubeconfigs.admin, ...args]);
}
