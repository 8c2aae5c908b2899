import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { mergeTrees } from '../../src/values/merge.ts';
import type { Tree } from '../../src/values/tree.ts';
import { render } from '../support/render.ts';

const preset = async (name: string) =>
  parse(
    await readFile(fileURLToPath(new URL(`../../presets/${name}.yaml`, import.meta.url)), 'utf8'),
  ) as Tree;

/** As many presets together as can be: each is in one of them. */
const stacks = {
  raft: ['production-raft', 'istio', 'observability', 'network-secure'],
  redis: ['redis', 'linkerd', 'keda', 'observability'],
  nats: ['nats', 'vpa', 'network-secure'],
} as const;

/** APIs that a cluster with every add-on serves. */
const addOns = [
  ...['autoscaling.k8s.io/v1', 'gateway.networking.k8s.io/v1', 'keda.sh/v1alpha1'],
  ...['linkerd.io/v1alpha2', 'monitoring.coreos.com/v1', 'networking.istio.io/v1'],
  ...['security.istio.io/v1', 'split.smi-spec.io/v1alpha2'],
].map((api) => `--api-versions=${api}`);

const versions = Array.from({ length: 13 }, (_, index) => `1.${25 + index}.0`);

test.each(versions)(
  'renders the same kinds for Kubernetes %s, whatever it serves',
  async (version) => {
    const args = ['--kube-version', version];
    for (const names of Object.values(stacks)) {
      const values = (await Promise.all(names.map(preset))).reduce(mergeTrees, {});
      const [bare, full, now] = await Promise.all([
        render(values, { args }),
        render(values, { args: [...args, ...addOns] }),
        render(values),
      ]);
      // Only the objects of a canary depend on what is served, and no preset has one.
      expect(full.names).toEqual(bare.names);
      expect(bare.names).toEqual(now.names);
    }
  },
);

test.each(['1.24.9', '1.20.0'])('refuses Kubernetes %s in words', async (version) => {
  await expect(render({}, { args: ['--kube-version', version] })).rejects.toThrow(
    /requires kubeVersion: >=1\.25\.0-0/,
  );
});
