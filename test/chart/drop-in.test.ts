import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { getNode, type Node, setNode, type Tree } from '../../src/values/tree.ts';
import { chart, render } from '../support/render.ts';
import { changedDefaults, contexts, markers } from './support/drop-in-table.ts';

const fixture = new URL('../fixtures/upstream-values.yaml', import.meta.url);
const upstream = Object.entries(parse(await readFile(fixture, 'utf8')) as Record<string, Node>);
const defaults = parse(await readFile(`${chart}/values.yaml`, 'utf8')) as Tree;
const paths = upstream.map(([path]) => path);

const contextOf = (path: string): Tree =>
  contexts.find(([prefix]) => path.startsWith(prefix))?.[1] ?? {};

/** A value that is not the default, and what must stand in the rendering because of it. */
function markerOf(path: string, fallback: Node): { value: Node; effect: RegExp | undefined } {
  const own = markers[path];
  if (Array.isArray(own)) return { value: own[0] as Node, effect: own[1] as RegExp };
  const value = (own as Node | undefined) ?? marker(path, fallback);
  if (typeof value === 'boolean') return { value, effect: undefined };
  const text = typeof value === 'object' ? 'marker-text' : String(value);
  return { value, effect: new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')) };
}

function marker(path: string, fallback: Node): Node {
  if (typeof fallback === 'boolean') return !fallback;
  if (typeof fallback === 'number') return 2000 + paths.indexOf(path);
  if (typeof fallback === 'string') {
    return /Duration$/.test(path) ? `${300 + paths.indexOf(path)}m` : 'marker-text';
  }
  return { 'marker-key': 'marker-text' };
}

test('the table has the 177 paths of the 0.1.0 chart, and no leftovers', () => {
  expect(new Set(paths).size).toBe(177);
  for (const path of [...Object.keys(markers), ...Object.keys(changedDefaults)])
    expect(paths).toContain(path);
});

describe('the default', () => {
  // Where it is longer than a line, upstream's is not in the table.
  const known = upstream.filter(([, fallback]) => fallback !== '…');
  test.each(known)('%s', (path, fallback) => {
    const ours = getNode(defaults, path.split('.'));
    if (path in changedDefaults) expect(ours).not.toEqual(fallback);
    else expect(ours).toEqual(fallback);
  });
});

describe('does something', () => {
  test.concurrent.each(upstream)('%s', async (path, fallback) => {
    const context = contextOf(path);
    // A switch is turned from what the context has, which may not be the default.
    const before = getNode(context, path.split('.')) ?? fallback;
    const { value, effect } = markerOf(path, before);
    const [without, rendering] = await Promise.all([
      render(context),
      render(setNode(context, path.split('.'), value)),
    ]);
    expect(rendering.text).not.toBe(without.text);
    if (!effect) return;
    expect(without.text).not.toMatch(effect);
    expect(rendering.text).toMatch(effect);
  });
});
