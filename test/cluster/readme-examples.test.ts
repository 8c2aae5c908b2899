import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import {
  readUpstreamReadme,
  readValuesBlocks,
  type YamlBlock,
} from '../chart/support/upstream-readme.ts';
import { describeCluster, kubectl, kubectlJson, makeNamespace } from '../support/cluster.ts';
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

/** Releases at a time, for two cores: helm and the API server take turns at waiting. */
const LANES = 3;

/** Where others keep the two cores busy, an upgrade takes ten seconds, and there are 56 of them. */
const LONG = 600_000;

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
        // helm reads every revision that it keeps, each with the whole chart in it.
        const history = action === 'upgrade' ? ['--history-max=2'] : [];
        await runHelm(cluster, helm, [
          ...[action, 'xerv', bundledChart, '-n', namespace, '-f', file],
          ...history,
        ]);
      },
      // One process that watches; asking again and again would cost more than helm itself.
      podsReady: async () => {
        const { code, stdout, stderr } = await kubectl(cluster, [
          ...['rollout', 'status', 'deployments,statefulsets', '-n', namespace, '--timeout=300s'],
        ]);
        const said = `${stdout}${stderr}`;
        if (code !== 0) throw new Error(said);
        const ready =
          said.match(/successfully rolled out|(rolling update|roll out) complete/g) ?? [];
        expect(ready, said).toHaveLength(1);
      },
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
          // Pods may still be stopping, and Kubernetes puts the other two into each namespace.
          const left = (await release.names(`pvc,${kinds}`)).filter(
            (name) => !/^Pod\/|\/kube-root-ca.crt$|\/default$/.test(name),
          );
          expect({ example: example.name, left }).toEqual({ example: example.name, left: claims });
        }
      };
      await Promise.all(Array.from({ length: LANES }, work));
    },
    LONG,
  );

  test.each(helms)(
    'each can become each other (%s)',
    async (helm) => {
      // Blocks that set one thing only differ too little to be worth a turn of their own.
      const files = examples.filter(({ name }) => name.endsWith('.yaml'));
      // With helm 3 each follows one other: what refuses a change is the API server, with both alike.
      const order = helm === 'helm4' ? tour(files.length) : [...files.keys(), 0];
      const lanes = split(order, LANES).map(async ([from = 0, ...others]) => {
        const release = await openRelease(helm);
        await release.change('install', files[from] as YamlBlock);
        for (const example of others.map((index) => files[index] as YamlBlock))
          await release.change('upgrade', example).catch((error: unknown) => {
            throw new Error(`to ${example.name}`, { cause: error });
          });
        await release.podsReady();
      });
      await Promise.all(lanes);
    },
    LONG,
  );
});

/** Numbers below `count`, from 0 to 0, in which each follows each other once. */
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
  return circuit;
}

/** Parts of a path, of which each begins where the one before ends. */
function split(path: readonly number[], parts: number): readonly (readonly number[])[] {
  const length = Math.ceil((path.length - 1) / parts);
  return Array.from({ length: parts }, (_, part) =>
    path.slice(part * length, (part + 1) * length + 1),
  );
}
