/**
 * @typedef {{count: number, zones: number, capacity: Record<string, string>}} NodeOptions
 */

/** @type {NodeOptions} */
export const DEFAULT_NODES = {
  count: 6,
  zones: 3,
  capacity: { cpu: '4', memory: '16Gi', pods: '110', 'ephemeral-storage': '100Gi' },
};

const REGION = 'test-region';
const OPERATING_SYSTEM = 'linux';
const ARCHITECTURE = 'amd64';

/**
 * The nodes, ready and spread over the zones in turn.
 * @param {NodeOptions} options
 * @param {number} kubeletPort where kwok answers for every kubelet
 * @param {string} version of the kubelets
 */
export function makeNodes({ count, zones, capacity }, kubeletPort, version) {
  return Array.from({ length: count }, (_, index) => {
    const name = `node-${index + 1}`;
    return {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        name,
        annotations: { 'kwok.x-k8s.io/node': 'fake' },
        labels: {
          'kubernetes.io/hostname': name,
          'kubernetes.io/os': OPERATING_SYSTEM,
          'kubernetes.io/arch': ARCHITECTURE,
          'topology.kubernetes.io/region': REGION,
          'topology.kubernetes.io/zone': `${REGION}-${String.fromCharCode(97 + (index % zones))}`,
        },
      },
      status: {
        phase: 'Running',
        capacity,
        allocatable: capacity,
        conditions: makeConditions(),
        addresses: [
          { type: 'InternalIP', address: `10.0.${Math.floor(index / 250)}.${(index % 250) + 1}` },
          // The one that the apiserver is told to ask for logs.
          { type: 'ExternalIP', address: '127.0.0.1' },
          { type: 'Hostname', address: name },
        ],
        daemonEndpoints: { kubeletEndpoint: { Port: kubeletPort } },
        nodeInfo: {
          architecture: ARCHITECTURE,
          bootID: '',
          containerRuntimeVersion: 'containerd://2.1.4',
          kernelVersion: '6.12.0',
          kubeProxyVersion: '',
          kubeletVersion: version,
          machineID: '',
          operatingSystem: OPERATING_SYSTEM,
          osImage: 'Test OS',
          systemUUID: '',
        },
      },
    };
  });
}

function makeConditions() {
  const now = new Date().toISOString();
  return [
    ['Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'],
    ['MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory'],
    ['DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
    ['PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
  ].map(([type, status, reason, message]) => ({
    type,
    status,
    reason,
    message,
    lastHeartbeatTime: now,
    lastTransitionTime: now,
  }));
}
