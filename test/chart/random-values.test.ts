import fc from 'fast-check';
import { expect, test } from 'vitest';
import { getNode, type Tree } from '../../src/values/tree.ts';
import { arbitraryValues } from '../support/arbitrary-values.ts';
import { helms, type Rendering, render } from '../support/render.ts';

/** Lists that Kubernetes merges by a key: two entries of the same key are refused by helm 4. */
const mergeKeys: readonly (readonly [string, readonly string[]])[] = [
  ['env', ['name']],
  ['ports', ['containerPort', 'protocol']],
  ['volumeMounts', ['mountPath']],
];

function expectMergeable(rendering: Rendering): void {
  const {
    containers,
    initContainers = [],
    volumes,
  } = rendering.podTemplate.spec as unknown as {
    containers: Tree[];
    initContainers?: Tree[];
    volumes: Tree[];
  };
  for (const container of [...containers, ...initContainers])
    for (const [list, keys] of mergeKeys) expectUnique(getNode(container, [list]), keys);
  expectUnique(volumes, ['name']);
  expectUnique([...containers, ...initContainers], ['name']);
  for (const { kind, spec } of rendering.objects)
    if (kind === 'Service') expectUnique(getNode(spec as Tree, ['ports']), ['port', 'protocol']);
}

function expectUnique(list: unknown, keys: readonly string[]): void {
  const seen = (Array.isArray(list) ? list : []).map((entry: Tree) =>
    JSON.stringify(keys.map((key) => entry[key])),
  );
  expect(seen).toEqual([...new Set(seen)]);
}

/** What the chart says, and nothing else: it was asked for something that can never work. */
const refusal = /XERV cannot run with these values/;

test.each(helms)(
  'whatever the schema allows becomes sound YAML or is refused in words (%s)',
  async (helm) => {
    let rendered = 0;
    await fc.assert(
      fc.asyncProperty(await arbitraryValues(), async (values) => {
        const rendering = await render(values, { helm }).catch((error: Error) => {
          expect(error.message).toMatch(refusal);
          return undefined;
        });
        if (!rendering) return;
        rendered += 1;
        expect(rendering.text).not.toMatch(/%!|<nil>|<no value>|\de\+\d/);
        for (const { kind, metadata } of rendering.objects)
          expect([kind, metadata.namespace]).toEqual([kind, expect.any(String)]);
        expectMergeable(rendering);
      }),
      { numRuns: 40 },
    );
    // Refusals alone would prove nothing.
    expect(rendered).toBeGreaterThan(10);
  },
);
