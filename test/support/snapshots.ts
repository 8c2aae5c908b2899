import * as z from 'zod/mini';
import { event, type Pod, persistentVolumeClaim, pod } from '../../src/cluster/objects.ts';
import { type Claim, type ClusterEvent, type Workload, workload } from '../../src/release/kinds.ts';
import type { Snapshot, WorkloadSnapshot } from '../../src/release/snapshot.ts';

/** Objects as the API server sends them, through the same schemas; what is left out is healthy. */

export const labels = { 'app.kubernetes.io/name': 'xerv', 'app.kubernetes.io/instance': 'xerv' };

export interface PodOptions {
  readonly revision?: string;
  readonly ready?: boolean;
  readonly node?: string | null;
  readonly deleted?: string;
  readonly phase?: string;
  readonly spec?: object;
  /** Over what a running container has. */
  readonly container?: object;
  readonly conditions?: readonly object[];
}

export function makePod(name: string, options: PodOptions = {}): Pod {
  const { ready = false, revision = 'new', node = 'node-1', deleted } = options;
  return z.parse(pod, {
    metadata: {
      name,
      uid: `uid-${name}`,
      labels: { ...labels, 'controller-revision-hash': revision },
      creationTimestamp: '2026-01-31T10:00:00Z',
      ...(deleted ? { deletionTimestamp: deleted } : {}),
      ownerReferences: [{ kind: 'StatefulSet', name: 'xerv', uid: 'uid-set' }],
    },
    spec: {
      ...(node ? { nodeName: node } : {}),
      containers: [{ name: 'xerv', image: 'ghcr.io/ml-rust/xerv:0.1.0' }],
      ...options.spec,
    },
    status: {
      phase: options.phase ?? 'Running',
      conditions: options.conditions ?? [{ type: 'Ready', status: ready ? 'True' : 'False' }],
      containerStatuses: [
        {
          name: 'xerv',
          ready,
          restartCount: 0,
          state: { running: { startedAt: '2026-01-31T10:00:05Z' } },
          ...options.container,
        },
      ],
    },
  });
}

export interface SetOptions {
  readonly replicas?: number;
  readonly spec?: object;
  /** Over the status of a set that is ready. */
  readonly status?: object;
  readonly generation?: number;
}

export function makeSet({ replicas = 1, spec, status, generation = 2 }: SetOptions = {}): Workload {
  return z.parse(workload, {
    kind: 'StatefulSet',
    metadata: { name: 'xerv', uid: 'uid-set', generation },
    spec: { replicas, selector: { matchLabels: labels }, ...spec },
    status: {
      observedGeneration: 2,
      replicas,
      updatedReplicas: replicas,
      readyReplicas: replicas,
      availableReplicas: replicas,
      updateRevision: 'new',
      ...status,
    },
  });
}

export function makeClaim(
  name: string,
  options: { metadata?: object; spec?: object; phase?: string } = {},
): Claim {
  return z.parse(persistentVolumeClaim, {
    metadata: { name, uid: `uid-${name}`, labels, ...options.metadata },
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'standard',
      volumeName: `pv-${name}`,
      resources: { requests: { storage: '1Gi' } },
      ...options.spec,
    },
    status: { phase: options.phase ?? 'Bound' },
  });
}

/** An event about the object of that name, at a minute past ten. */
export function makeEvent(
  name: string,
  reason: string,
  message: string,
  second = 30,
): ClusterEvent {
  return z.parse(event, {
    metadata: { name: `${name}.${second}` },
    type: 'Warning',
    reason,
    message,
    lastTimestamp: `2026-01-31T10:00:${String(second).padStart(2, '0')}Z`,
    involvedObject: { name, uid: name === 'xerv' ? 'uid-set' : `uid-${name}` },
  });
}

/** A snapshot of one StatefulSet. */
export function makeSnapshot(
  parts: Partial<WorkloadSnapshot> & Partial<Omit<Snapshot, 'workloads'>> = {},
): Snapshot {
  const { claims = [], events = [], logs = new Map(), storageClasses, ...rest } = parts;
  const live = 'live' in rest ? rest.live : makeSet();
  const replicas = live?.spec.replicas ?? 1;
  return {
    workloads: [
      {
        ...{ kind: 'StatefulSet', name: 'xerv', replicaSets: [], pods: [], replicas },
        ...rest,
        live,
      },
    ],
    claims,
    events,
    logs,
    ...(storageClasses ? { storageClasses } : {}),
  };
}
