import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import {
  readUpstreamReadme,
  readValuesBlocks,
  type YamlBlock,
} from '../chart/support/upstream-readme.ts';
import { describeCluster, eventually, kubectlJson, makeNamespace } from '../support/cluster.ts';
import { ensureCrds } from '../support/crds.ts';
import { bundledChart, helms, runHelm } from '../support/release.ts';

const examples = readValuesBlocks(await readUpstreamReadme());
/** What the chart can make, but for claims and what Kubernetes puts into each namespace. */
const kinds = [
  ...['deployment', 'statefulset', 'service', 'configmap', 'secret', 'serviceaccount', 'pod'],
  ...['poddisruptionbudget', 'horizontalpodautoscaler', 'networkpolicy', 'ingress'],
  ...['scaledobject', 'triggerauthentication', 'verticalpodautoscaler', 'servicemonitor'],
  ...['prometheusrule', 'destinationrule', 'virtualservice', 'peerauthentication'],
  ...['serviceprofile.linkerd.io'],
].join(',');

/** For the two cores of a busy machine; alone, each of the tests takes about a minute. */
const LONG = 600_000;

interface Live {
  readonly metadata: { readonly name: string; readonly generation: number };
  readonly spec: { readonly replicas: number };
  readonly status: { readonly [key: string]: number | undefined };
}

describeCluster('the examples of the README on the API server', (cluster) => {
  beforeAll(() =>
    ensureCrds(cluster, [
      ...(['istio', 'keda', 'linkerd', 'prometheus-operator'] as const),
      'vertical-pod-autoscaler',
    ]),
  );

  /** A release that is changed with helm alone. */
  async function openRelease(helm: (typeof helms)[number]) {
    const namespace = await makeNamespace(cluster);
    const directory = await mkdtemp(join(tmpdir(), 'xerv-example-'));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    const file = join(directory, 'values.yaml');
    const names = async (what: string) => {
      const { items } = await kubectlJson<{
        items: { kind: string; metadata: { name: string } }[];
      }>(cluster, ['get', what, '-n', namespace]);
      return items.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    };
    return {
      names,
      change: async (action: 'install' | 'upgrade', { text }: YamlBlock) => {
        await writeFile(file, text);
        await runHelm(cluster, helm, [action, 'xerv', bundledChart, '-n', namespace, '-f', file]);
      },
      podsReady: () =>
        eventually(async () => {
          const path = ['get', 'deployments,statefulsets', '-n', namespace];
          const { items } = await kubectlJson<{ items: Live[] }>(cluster, path);
          if (items.length !== 1) throw new Error(`${items.length} workloads`);
          const [{ metadata, spec, status }] = items as [Live];
          const { observedGeneration, replicas, readyReplicas, updatedReplicas } = status;
          const counts = new Set([replicas, readyReplicas, updatedReplicas, spec.replicas]);
          if (observedGeneration === metadata.generation && counts.size === 1) return true;
          throw new Error(`not ready: ${JSON.stringify({ spec: spec.replicas, status })}`);
        }, 300_000),
      test: () => runHelm(cluster, helm, ['test', 'xerv', '-n', namespace, '--timeout=300s']),
      uninstall: () => runHelm(cluster, helm, ['uninstall', 'xerv', '-n', namespace, '--wait']),
    };
  }

  test.each(helms)(
    'each installs, is tested, and leaves nothing but its claims (%s)',
    async (helm) => {
      const pending = [...examples];
      const work = async () => {
        for (let example = pending.shift(); example; example = pending.shift()) {
          const release = await openRelease(helm);
          await release.change('install', example);
          await release.podsReady();
          await release.test();
          const claims = await release.names('pvc');
          await release.uninstall();
          expect(await release.names('pvc')).toEqual(claims);
          // Pods may still be stopping, and Kubernetes puts the other two into each namespace.
          const left = (await release.names(kinds)).filter(
            (name) => !/^Pod\/|\/kube-root-ca.crt$|\/default$/.test(name),
          );
          expect({ example: example.name, left }).toEqual({ example: example.name, left: [] });
        }
      };
      await Promise.all([work(), work(), work()]);
    },
    LONG,
  );

  test.each(helms)(
    'each can become each other (%s)',
    async (helm) => {
      const release = await openRelease(helm);
      // Blocks that set one thing only differ too little to be worth a turn of their own.
      const files = examples.filter(({ name }) => name.endsWith('.yaml'));
      const [first] = files as [YamlBlock];
      await release.change('install', first);
      // With helm 3 each follows one other: what refuses a change is the API server, with both alike.
      const order = helm === 'helm4' ? tour(files.length) : [...files.keys()].slice(1).concat(0);
      for (const example of order.map((index) => files[index] as YamlBlock))
        await release.change('upgrade', example).catch((error: unknown) => {
          throw new Error(`to ${example.name}`, { cause: error });
        });
      await release.podsReady();
    },
    LONG,
  );
});

/** Numbers below `count`, from 0 on, in which each follows each other once; it ends with 0. */
function tour(count: number): number[] {
  const left = Array.from({ length: count }, (_, from) =>
    Array.from({ length: count }, (_, to) => to).filter((to) => to !== from),
  );
  const path = [0];
  const circuit: number[] = [];
  while (path.length > 0) {
    const next = left[path.at(-1) as number]?.pop();
    if (next === undefined) circuit.unshift(path.pop() as number);
    else path.push(next);
  }
  return circuit.slice(1);
}
