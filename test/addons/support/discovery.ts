import { kubectlJson } from '../../support/cluster.ts';
import type { AddOnCluster } from './add-on-cluster.ts';

type Labels = Readonly<Record<string, string>>;
interface Metadata {
  readonly name: string;
  readonly labels?: Labels;
}
interface Pod {
  readonly metadata: Metadata;
  readonly spec: {
    readonly nodeName?: string;
    readonly containers: readonly {
      readonly name: string;
      readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[];
    }[];
  };
  readonly status: { readonly phase: string; readonly podIP?: string };
}
interface Endpoints {
  readonly metadata: Metadata;
  readonly subsets?: readonly {
    readonly addresses?: readonly { readonly ip: string; readonly targetRef?: Metadata }[];
    readonly ports?: readonly { readonly name?: string; readonly port: number }[];
  }[];
}

/** A group of targets, as Prometheus reads them from a file. */
export interface TargetGroup {
  readonly targets: readonly string[];
  readonly labels: Labels;
}

/**
 * The targets that Prometheus would find in a namespace by itself, with the labels that its
 * documentation names: https://prometheus.io/docs/prometheus/latest/configuration/configuration/
 * (kubernetes_sd_config). Debian's Prometheus is built without that discovery.
 * @throws on a role that the operator does not ask for by default
 */
export async function discoverTargets(
  cluster: AddOnCluster,
  namespace: string,
  role: string,
): Promise<readonly TargetGroup[]> {
  const list = async <T>(kind: string) =>
    (await kubectlJson<{ items: T[] }>(cluster, ['get', kind, '-n', namespace])).items;
  const withNamespace = ({ targets, labels }: TargetGroup) => ({
    targets,
    labels: { ...labels, __meta_kubernetes_namespace: namespace },
  });
  const pods = await list<Pod>('pods');
  if (role === 'pod') return pods.flatMap(targetsOfPod).map(withNamespace);
  if (role !== 'endpoints') throw new Error(`no discovery of ${role}`);
  const [endpoints, services] = await Promise.all([
    list<Endpoints>('endpoints'),
    list<{ metadata: Metadata }>('services'),
  ]);
  return endpoints.flatMap((each) => targetsOf(each, services, pods)).map(withNamespace);
}

function targetsOfPod(pod: Pod): TargetGroup[] {
  const { metadata, spec, status } = pod;
  return spec.containers.flatMap((container) =>
    (container.ports ?? []).map(({ name = '', containerPort }) => ({
      targets: [`${status.podIP}:${containerPort}`],
      labels: {
        __meta_kubernetes_pod_name: metadata.name,
        __meta_kubernetes_pod_ip: status.podIP ?? '',
        __meta_kubernetes_pod_phase: status.phase,
        __meta_kubernetes_pod_node_name: spec.nodeName ?? '',
        __meta_kubernetes_pod_container_name: container.name,
        __meta_kubernetes_pod_container_port_name: name,
        __meta_kubernetes_pod_container_port_number: String(containerPort),
        ...labelsOf('pod', metadata),
      },
    })),
  );
}

function targetsOf(
  { metadata, subsets = [] }: Endpoints,
  services: readonly { metadata: Metadata }[],
  pods: readonly Pod[],
): TargetGroup[] {
  const service = services.find((each) => each.metadata.name === metadata.name);
  return subsets.flatMap(({ addresses = [], ports = [] }) =>
    addresses.flatMap(({ ip, targetRef }) =>
      ports.map(({ name = '', port }) => {
        const target = `${ip}:${port}`;
        const pod = pods.find((each) => each.metadata.name === targetRef?.name);
        const found = pod && targetsOfPod(pod).find(({ targets }) => targets.includes(target));
        return {
          targets: [target],
          labels: {
            ...found?.labels,
            __meta_kubernetes_endpoints_name: metadata.name,
            __meta_kubernetes_endpoint_port_name: name,
            __meta_kubernetes_endpoint_ready: 'true',
            __meta_kubernetes_endpoint_address_target_kind: 'Pod',
            __meta_kubernetes_endpoint_address_target_name: targetRef?.name ?? '',
            __meta_kubernetes_service_name: metadata.name,
            ...(service ? labelsOf('service', service.metadata) : {}),
          },
        };
      }),
    ),
  );
}

function labelsOf(kind: string, { labels = {} }: Metadata): Labels {
  return Object.fromEntries(
    Object.entries(labels).flatMap(([key, value]) => {
      const name = key.replaceAll(/\W/g, '_');
      return [
        [`__meta_kubernetes_${kind}_label_${name}`, value],
        [`__meta_kubernetes_${kind}_labelpresent_${name}`, 'true'],
      ];
    }),
  );
}
