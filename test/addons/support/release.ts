import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { kubectlJson } from '../../support/cluster.ts';
import { bundledChart, plainHelm } from '../../support/plain-helm.ts';
import type { AddOnCluster } from './add-on-cluster.ts';

/** Installs the chart with helm, and waits until its pods are ready. @throws where it fails */
export async function installRelease(
  cluster: AddOnCluster,
  namespace: string,
  values: object | string,
  ...args: string[]
): Promise<void> {
  const file = join(cluster.directory, `values-${randomBytes(4).toString('hex')}.yaml`);
  await writeFile(file, typeof values === 'string' ? values : JSON.stringify(values));
  await plainHelm(cluster, { namespace }, [
    ...['upgrade', '--install', 'xerv', bundledChart, '--values', file, ...args],
  ]);
}

interface Container {
  readonly name: string;
  readonly image: string;
  readonly restartPolicy?: string;
  readonly resources?: {
    readonly requests?: Readonly<Record<string, string>>;
    readonly limits?: Readonly<Record<string, string>>;
  };
}

export interface InjectedPod {
  readonly metadata: {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly containers: readonly Container[];
    readonly initContainers?: readonly Container[];
  };
}

/** The pods of the release. */
export async function readPods(
  cluster: AddOnCluster,
  namespace: string,
): Promise<readonly InjectedPod[]> {
  const { items } = await kubectlJson<{ items: InjectedPod[] }>(cluster, [
    ...['get', 'pods', '-n', namespace, '-l', 'app.kubernetes.io/instance=xerv'],
  ]);
  return items;
}
