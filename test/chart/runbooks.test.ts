import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { alertNames } from '../../src/values/schema/monitoring.ts';
import { render } from '../support/render.ts';

interface Rule {
  readonly alert: string;
  readonly annotations: Readonly<Record<string, string>>;
}

async function readRules(alerts: object = {}): Promise<readonly Rule[]> {
  const rendering = await render({
    dispatch: { backend: 'raft' },
    replicaCount: 3,
    monitoring: { alerts: { enabled: true, ...alerts } },
  });
  const { groups } = rendering.get('PrometheusRule').spec as { groups: { rules: Rule[] }[] };
  return groups.flatMap(({ rules }) => rules);
}

test('every alert leads to its section of the runbooks', async () => {
  const page = await readFile(new URL('../../docs/runbooks.md', import.meta.url), 'utf8');
  // As GitHub makes anchors of headings of one word.
  const anchors = [...page.matchAll(/^## (\w+)$/gm)].map(([, name = '']) => name.toLowerCase());
  const urls = (await readRules()).map(({ annotations }) => annotations.runbook_url);
  const url = 'https://github.com/ml-rust/create-xerv-deploy/blob/main/docs/runbooks.md';
  expect(urls.sort()).toEqual(anchors.map((anchor) => `${url}#${anchor}`).sort());
  expect(urls).toHaveLength(alertNames.length);
});

test('or to that of a copy, or nowhere', async () => {
  const [own] = await readRules({ runbookUrl: 'https://wiki.example/xerv' });
  expect(own?.annotations.runbook_url).toBe(
    `https://wiki.example/xerv#${own?.alert.toLowerCase()}`,
  );
  const [none] = await readRules({ runbookUrl: '' });
  expect(Object.keys(none?.annotations ?? {})).toEqual(['summary']);
});
