import { join } from 'node:path';
import { findFreePorts } from '../../cluster/control-plane/processes.mjs';
import { kubectlJson } from '../../support/cluster.ts';
import { type AddOnCluster, applyCrds } from './add-on-cluster.ts';

/** The VPA's admission controller: it judges VPAs, and sets the requests of new pods. */
export async function startVpa(cluster: AddOnCluster): Promise<void> {
  const { binary, files } = await cluster.program('vpa-admission-controller');
  await applyCrds(cluster, join(files, 'deploy/vpa-v1-crd-gen.yaml'));
  const [port = 0, metrics = 0] = await findFreePorts(2);
  const controller = cluster.start({
    name: 'vpa-admission-controller',
    file: binary,
    args: [
      `--kubeconfig=${cluster.kubeconfigs.admin}`,
      `--client-ca-file=${cluster.certificate.ca}`,
      `--tls-cert-file=${cluster.certificate.crt}`,
      `--tls-private-key=${cluster.certificate.key}`,
      `--port=${port}`,
      `--address=127.0.0.1:${metrics}`,
      '--register-by-url=true',
      '--webhook-address=https://localhost',
      `--webhook-port=${port}`,
      // By default a pod is admitted as it is where the webhook fails, and no test would notice.
      '--webhook-failure-policy-fail=true',
    ],
    env: { NAMESPACE: 'kube-system' },
  });
  // It registers itself some seconds after its start.
  await controller.until('webhook configuration', () =>
    kubectlJson(cluster, ['get', 'mutatingwebhookconfiguration', 'vpa-webhook-config']),
  );
}
