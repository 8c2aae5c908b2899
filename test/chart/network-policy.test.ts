import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { isAllowed, type NetworkPolicy, type Peer, type Pod } from '../support/network-policy.ts';
import { helms, render, renderNotes } from '../support/render.ts';
import {
  ambient,
  basics,
  everybody,
  inRelease,
  letIn,
  letOut,
  letThrough,
  mesh,
  on,
  outside,
  pods,
  redis,
  xerv,
} from './support/let-through.ts';
import { readUpstreamReadme, readValuesFile } from './support/upstream-readme.ts';

const readme = await readUpstreamReadme();

test.concurrent('none by default', async () => {
  expect((await render({})).find('NetworkPolicy')).toBeUndefined();
});

describe('whom it selects', () => {
  test.concurrent('the pods of this release alone', async () => {
    const rendering = await render(on);
    for (const free of ['other release', 'helm test', 'neighbour', 'stranger'])
      expect(letThrough(rendering, 'in', everybody[free] as Pod)).toContain('stranger:1234');
    expect(letThrough(rendering, 'in')).not.toContain('stranger:1234');
  });

  test.concurrent('those of a canary too', async () => {
    const values = mesh('linkerd', { trafficSplit: { enabled: true } });
    const rendering = await render({ ...on, ...values });
    const { labels = {} } = (
      rendering.get('Deployment', 'xerv-canary').spec as {
        template: { metadata: { labels?: Record<string, string> } };
      }
    ).template.metadata;
    expect(letThrough(rendering, 'in', pods('team', labels))).toEqual(letThrough(rendering, 'in'));
    expect(letThrough(rendering, 'in', pods('team', inRelease('other')))).toContain(
      'stranger:1234',
    );
  });
});

describe.each(helms)('values-network-secure.yaml with %s', (helm) => {
  const example = readValuesFile(readme, 'values-network-secure.yaml');

  test.concurrent('its rules come on top of ours', async () => {
    const rendering = await render(example, { helm });
    const policies = [rendering.get('NetworkPolicy')] as unknown as NetworkPolicy[];
    const frontend = { ...pods('frontend'), namespaceLabels: { name: 'frontend' } };
    const check = (direction: 'in' | 'out', peer: Peer, port: number) =>
      isAllowed(policies, { direction, pod: xerv, peer, port });
    expect(check('in', frontend, 8080)).toBe(true);
    expect(check('in', frontend, 9090)).toBe(false);
    // D65: only with the label.
    expect(check('in', pods('frontend'), 8080)).toBe(false);
    expect(check('out', { address: '10.1.2.3' }, 443)).toBe(true);
    expect(check('out', outside, 443)).toBe(false);
    expect(letThrough(rendering, 'in').sort()).toEqual(basics);
  });
});

test.concurrent('the preset needs no label', async () => {
  const preset = await readFile(
    new URL('../../presets/network-secure.yaml', import.meta.url),
    'utf8',
  );
  expect(letThrough(await render(preset), 'in').sort()).toEqual(
    [...basics, 'frontend:8080'].sort(),
  );
});

test.concurrent.each([
  ['linkerd', mesh('linkerd'), 4143],
  ['ambient', ambient, 15008],
])('the user’s rules go through the mesh too: %s', async (_, values, port) => {
  const rule = (peer: 'from' | 'to') => ({
    [peer]: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'frontend' } } }],
    ports: [{ port: 8080 }],
  });
  const networkPolicy = { enabled: true, ingress: [rule('from')], egress: [rule('to')] };
  expect(await letIn({ ...values, networkPolicy })).toContain(`frontend:${port}`);
  expect(await letOut({ ...values, networkPolicy })).toContain(`frontend:${port}`);
  const without = await letIn({ ...mesh('istio'), networkPolicy });
  expect(without).not.toContain(`frontend:${port}`);
});

test.concurrent.each(helms)('every value of it may be null (%s)', async (helm) => {
  const keys = ['ingress', 'egress', 'clients', 'ingressController', 'prometheus', 'keda', 'mesh'];
  const nothing = Object.fromEntries([...keys, 'dns', 'backendServers'].map((key) => [key, null]));
  const values = {
    ...redis('redis://redis'),
    ...mesh('linkerd'),
    ingress: { enabled: true },
    networkPolicy: { enabled: true, ...nothing },
  };
  expect((await render(values, { helm })).get('NetworkPolicy').spec).toBeDefined();
});

describe('what the notes say', () => {
  test.concurrent('D65: a label that no namespace has by itself', async () => {
    const notes = await renderNotes(readValuesFile(readme, 'values-network-secure.yaml'));
    expect(notes).toContain('kubectl label namespace frontend name=frontend');
    expect(await renderNotes(on)).not.toContain('kubectl label');
  });

  test.concurrent('D66: it needs a network plugin', async () => {
    expect(await renderNotes(on)).toContain("if the cluster's network plugin enforces policies");
    expect(await renderNotes({})).not.toContain('network plugin');
  });

  test.concurrent('D64: a controller that nobody knows', async () => {
    const ingress = { enabled: true, className: 'internal' };
    expect(await renderNotes({ ...on, ingress })).toContain(
      'WARNING: the namespace of the ingress controller of class internal is unknown: set networkPolicy.ingressController.namespaces.',
    );
  });
});
