import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { planOutputSchema } from '../../../../src/release/plan/output-schema.ts';

test('docs/plan-output.schema.json is what the program promises (npm run generate)', async () => {
  const page = new URL('../../../../docs/plan-output.schema.json', import.meta.url);
  expect(await readFile(page, 'utf8')).toBe(planOutputSchema());
});
