import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { type RenderOptions, render } from '../support/render.ts';

const variable = z.object({
  name: z.string(),
  type: z.string(),
  current: z.optional(z.looseObject({})),
});
const panel = z.object({
  title: z.string(),
  datasource: z.optional(z.object({ type: z.string(), uid: z.string() })),
  targets: z.array(z.object({ expr: z.string() })),
});
const dashboard = z.object({
  uid: z.string().check(z.maxLength(40)),
  templating: z.object({ list: z.array(variable) }),
  panels: z.array(panel),
});

async function provisioned(dashboards: object = {}, options: RenderOptions = {}) {
  const values = { monitoring: { dashboards: { enabled: true, ...dashboards } } };
  const { objects } = await render(values, options);
  const map = objects.find(({ kind, data }) => kind === 'ConfigMap' && data);
  const [[file = '', text = ''] = []] = Object.entries(map?.data ?? {});
  return { metadata: map?.metadata, file, ...z.parse(dashboard, JSON.parse(text)) };
}

test('A34: a sidecar provisions it as it is: data source, namespace and release are variables', async () => {
  const { templating, panels } = await provisioned();
  expect(templating.list).toMatchObject([
    { name: 'datasource', type: 'datasource' },
    { name: 'namespace', type: 'query', current: { value: 'team' } },
    { name: 'job', type: 'query', current: { value: 'xerv' } },
    { name: 'pod', type: 'query' },
  ]);
  expect(panels.length).toBeGreaterThan(9);
  for (const { title, datasource, targets } of panels) {
    expect([title, datasource?.uid]).toEqual([title, expect.stringMatching(/^\$\{datasource\}$/)]);
    // Each selector of series is of the namespace and the release that were chosen.
    for (const { expr } of targets)
      expect(
        expr
          .match(/\{[^}]*\}/g)
          ?.every((each) => /namespace="\$namespace", job="\$job"/.test(each)),
      ).toBe(true);
  }
});

test('A34: two releases have two dashboards in one folder of files', async () => {
  const [one, other, elsewhere] = [
    await provisioned(),
    await provisioned({}, { release: 'b' }),
    await provisioned({}, { namespace: 'other' }),
  ];
  expect(new Set([one.uid, other.uid, elsewhere.uid]).size).toBe(3);
  expect(new Set([one.file, other.file, elsewhere.file]).size).toBe(3);
});

test('A34, D72: labels, folder and namespace are those that the sidecar looks for', async () => {
  const { metadata } = await provisioned();
  expect(metadata).toMatchObject({ namespace: 'team', labels: { grafana_dashboard: '1' } });
  expect(metadata).not.toHaveProperty('annotations');
  const chosen = await provisioned({
    folder: 'XERV',
    namespace: 'monitoring',
    labels: { own: 'yes' },
  });
  expect(chosen.metadata).toMatchObject({
    namespace: 'monitoring',
    labels: { grafana_dashboard: '1', own: 'yes' },
    annotations: { grafana_folder: 'XERV' },
  });
  const folderAnnotation = 'k8s-sidecar-target-directory';
  const other = await provisioned({ folder: '/tmp/x', folderAnnotation });
  expect(other.metadata?.annotations).toEqual({ [folderAnnotation]: '/tmp/x' });
});
