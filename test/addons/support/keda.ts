import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { findFreePorts } from '../../cluster/control-plane/processes.mjs';
import { type AddOnCluster, apply, applyCrds } from './add-on-cluster.ts';

const NAMESPACE = 'keda';

/** KEDA's operator, which scales, and its admission webhooks, which judge. */
export async function startKeda(cluster: AddOnCluster): Promise<void> {
  const operator = await cluster.program('keda-operator');
  const webhooks = await cluster.program('keda-webhooks');
  await applyCrds(cluster, join(operator.files, 'config/crd/bases'));
  await apply(cluster, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } }]);

  const certificates = join(cluster.directory, 'keda-certificates');
  await mkdir(certificates);
  await Promise.all([
    copyFile(cluster.certificate.ca, join(certificates, 'ca.crt')),
    copyFile(cluster.certificate.crt, join(certificates, 'tls.crt')),
    copyFile(cluster.certificate.key, join(certificates, 'tls.key')),
  ]);
  const [health = 0, service = 0, webhookHealth = 0, port = 0] = await findFreePorts(4);
  const common = [
    `--kubeconfig=${cluster.kubeconfigs.admin}`,
    `--cert-dir=${certificates}`,
    '--metrics-bind-address=0',
  ];
  const env = {
    KEDA_CLUSTER_OBJECT_NAMESPACE: NAMESPACE,
    POD_NAMESPACE: NAMESPACE,
    WATCH_NAMESPACE: '',
  };
  const operatorProcess = cluster.start({
    name: 'keda-operator',
    file: operator.binary,
    args: [
      ...common,
      `--health-probe-bind-address=127.0.0.1:${health}`,
      `--metrics-service-bind-address=127.0.0.1:${service}`,
      '--enable-cert-rotation=false',
      '--leader-elect=false',
    ],
    env: { ...env, KEDA_HTTP_DEFAULT_TIMEOUT: '1000' },
  });
  const webhooksProcess = cluster.start({
    name: 'keda-webhooks',
    file: webhooks.binary,
    args: [...common, `--health-probe-bind-address=127.0.0.1:${webhookHealth}`, `--port=${port}`],
    env,
  });
  await Promise.all([
    operatorProcess.until('health', () => isHealthy(health)),
    webhooksProcess.until('health', () => isHealthy(webhookHealth)),
  ]);
  await apply(cluster, [await readWebhookConfiguration(operator.files, port, cluster)]);
}

async function isHealthy(port: number): Promise<true | undefined> {
  const { ok } = await fetch(`http://127.0.0.1:${port}/readyz`);
  return ok || undefined;
}

interface WebhookConfiguration {
  readonly webhooks: readonly {
    readonly clientConfig: { readonly service: { readonly path: string } };
  }[];
}

/** KEDA's own, but for where its webhooks are, and that nothing passes when they are not there. */
async function readWebhookConfiguration(files: string, port: number, cluster: AddOnCluster) {
  const file = join(files, 'config/webhooks/validation_webhooks.yaml');
  const configuration = parse(await readFile(file, 'utf8')) as WebhookConfiguration;
  return {
    ...configuration,
    webhooks: configuration.webhooks.map((webhook) => ({
      ...webhook,
      failurePolicy: 'Fail',
      clientConfig: {
        url: `https://localhost:${port}${webhook.clientConfig.service.path}`,
        caBundle: cluster.certificate.caBundle,
      },
    })),
  };
}
