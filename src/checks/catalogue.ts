import { apiServerChecks } from './concerns/api-server.ts';
import { autoscalerChecks } from './concerns/autoscalers.ts';
import { backendChecks } from './concerns/backend.ts';
import { capacityChecks } from './concerns/capacity.ts';
import { collectionChecks } from './concerns/collection.ts';
import { disruptionChecks } from './concerns/disruption.ts';
import { domainChecks } from './concerns/domain.ts';
import { gatewayChecks } from './concerns/gateway.ts';
import { imageChecks } from './concerns/image.ts';
import { ingressChecks } from './concerns/ingress.ts';
import { istioChecks } from './concerns/istio.ts';
import { istioAmbientChecks } from './concerns/istio-ambient.ts';
import { istioStrictChecks } from './concerns/istio-strict.ts';
import { istioTrafficChecks } from './concerns/istio-traffic.ts';
import { limitChecks } from './concerns/limits.ts';
import { linkerdChecks } from './concerns/linkerd.ts';
import { linkerdCanaryChecks } from './concerns/linkerd-canary.ts';
import { lowPortChecks } from './concerns/low-ports.ts';
import { meshChecks } from './concerns/mesh.ts';
import { metricsApiChecks } from './concerns/metrics-apis.ts';
import { networkChecks } from './concerns/network.ts';
import { networkPolicyChecks } from './concerns/network-policy.ts';
import { obstacleChecks } from './concerns/obstacles.ts';
import { otherScalerChecks } from './concerns/other-scalers.ts';
import { podSecurityChecks } from './concerns/pod-security.ts';
import { podChecks } from './concerns/pods.ts';
import { prometheusOperatorChecks } from './concerns/prometheus-operator.ts';
import { raftChecks } from './concerns/raft.ts';
import { requestChecks } from './concerns/requests.ts';
import { scalingChecks } from './concerns/scaling.ts';
import { scrapingChecks } from './concerns/scraping.ts';
import { storageChecks } from './concerns/storage.ts';
import { telemetryChecks } from './concerns/telemetry.ts';
import { verticalPolicyChecks } from './concerns/vertical-policies.ts';
import { verticalScalingChecks } from './concerns/vertical-scaling.ts';
import { volumeQuotaChecks } from './concerns/volume-quota.ts';
import { volumeSizeChecks } from './concerns/volume-size.ts';
import { webhookChecks } from './concerns/webhooks.ts';
import type { Check } from './types.ts';

/** Every check, in the order of their ids. */
export const catalogue: readonly Check[] = [
  ...obstacleChecks,
  ...apiServerChecks,
  ...podSecurityChecks,
  ...domainChecks,
  ...backendChecks,
  ...raftChecks,
  ...storageChecks,
  ...volumeSizeChecks,
  ...scalingChecks,
  ...requestChecks,
  ...autoscalerChecks,
  ...metricsApiChecks,
  ...prometheusOperatorChecks,
  ...scrapingChecks,
  ...collectionChecks,
  ...otherScalerChecks,
  ...telemetryChecks,
  ...verticalScalingChecks,
  ...verticalPolicyChecks,
  ...istioChecks,
  ...istioAmbientChecks,
  ...istioStrictChecks,
  ...istioTrafficChecks,
  ...linkerdChecks,
  ...linkerdCanaryChecks,
  ...meshChecks,
  ...networkChecks,
  ...ingressChecks,
  ...gatewayChecks,
  ...networkPolicyChecks,
  ...webhookChecks,
  ...capacityChecks,
  ...disruptionChecks,
  ...podChecks,
  ...lowPortChecks,
  ...imageChecks,
  ...limitChecks,
  ...volumeQuotaChecks,
].sort((one, other) => Number(one.id.slice(3)) - Number(other.id.slice(3)));
