import { kubectl, kubectlJson, type SharedCluster } from './cluster.ts';

interface ContainerState {
  readonly waiting?: { readonly reason: string; readonly message?: string };
  readonly running?: { readonly startedAt: string };
  readonly terminated?: { readonly reason: string; readonly exitCode: number };
}

interface ContainerStatus {
  readonly name: string;
  readonly image: string;
  readonly imageID: string;
  readonly ready: boolean;
  readonly started: boolean;
  readonly restartCount: number;
  readonly state: ContainerState;
  readonly lastState: ContainerState;
}

/** As much of a pod as the tests of the control plane look at. */
export interface Pod {
  readonly metadata: { readonly name: string; readonly deletionTimestamp?: string };
  readonly spec: { readonly nodeName?: string };
  readonly status: {
    readonly phase: string;
    readonly podIP?: string;
    readonly conditions: readonly { readonly type: string; readonly status: string }[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
    readonly containerStatuses?: readonly ContainerStatus[];
  };
}

export interface PodOptions {
  readonly image?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Goes into the spec, over what stands there. */
  readonly spec?: Readonly<Record<string, unknown>>;
}

/** A pod with one container, as a manifest. */
export function podManifest(
  name: string,
  {
    image = 'registry.example/xerv:1.0.0',
    labels = {},
    annotations = {},
    spec = {},
  }: PodOptions = {},
): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels, annotations },
    spec: { containers: [{ name: 'xerv', image }], ...spec },
  };
}

/** @throws where the server refuses it */
export async function apply(
  cluster: SharedCluster,
  namespace: string,
  ...manifests: readonly object[]
): Promise<void> {
  const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifests });
  const result = await kubectl(cluster, ['apply', '-n', namespace, '-f', '-'], { input });
  if (result.code !== 0) throw new Error(result.stderr);
}

export async function getPod(
  cluster: SharedCluster,
  namespace: string,
  name: string,
): Promise<Pod> {
  return kubectlJson<Pod>(cluster, ['get', 'pod', name, '-n', namespace]);
}

export function isReady(pod: Pod): boolean {
  return pod.status.conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
}
