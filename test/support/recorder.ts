import { expect } from 'vitest';
import { eventually, kubectl, type SharedCluster } from './cluster.ts';
import { applyObjects } from './facts.ts';
import { formatRecording, type RecordOptions, record, recordingFile } from './recordings.ts';

/** Pods on a node that is named, so that every run finds the same room. */
const pinned = (objects: readonly object[]): object[] =>
  objects.map((object) => {
    const { kind, spec } = object as { kind: string; spec?: Record<string, never> };
    if (kind !== 'Deployment' || !spec) return object;
    const { template } = spec as unknown as { template: { spec: object } };
    return {
      ...object,
      spec: { ...spec, template: { ...template, spec: { ...template.spec, nodeName: 'node-3' } } },
    };
  });

/** What brings a cluster into a situation, and holds what is seen of it against its file. */
export function recorderOf(clusterOf: () => SharedCluster) {
  const run = async (...args: string[]) => {
    const { code, stderr } = await kubectl(clusterOf(), args);
    if (code !== 0) throw new Error(stderr);
  };
  const apply = (...objects: readonly object[]) =>
    // kubectl may still know the kinds of before.
    eventually(async () => {
      await applyObjects(clusterOf(), pinned(objects));
      return true;
    }, 120_000);

  /** Until nothing is on its way any more. */
  const settle = () =>
    eventually(async () => {
      const { stdout } = await kubectl(clusterOf(), [
        ...['get', 'deployments,statefulsets,daemonsets', '-A', '-o'],
        'jsonpath={range .items[*]}{.metadata.generation}={.status.observedGeneration} {.spec.replicas}{.status.desiredNumberScheduled}={.status.readyReplicas}{.status.numberReady} {end}',
      ]);
      const pairs = stdout.trim().split(' ').filter(Boolean);
      const isDone = (pair: string) => {
        const [wanted, got] = pair.split('=');
        return wanted === got || (wanted === '0' && got === '');
      };
      return pairs.every(isDone) ? true : undefined;
    }, 120_000);

  /** Holds what is seen against the file, once it is seen twice the same. */
  const keep = async (name: string, options: RecordOptions) => {
    await settle();
    const look = async () => formatRecording(await record(clusterOf(), options), clusterOf());
    let before = await look();
    const text = await eventually(async () => {
      const now = await look();
      const isSame = now === before;
      before = now;
      return isSame ? now : undefined;
    }, 120_000);
    await expect(text).toMatchFileSnapshot(recordingFile(name));
  };
  return { run, apply, keep };
}
