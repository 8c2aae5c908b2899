import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { checkOutputSchema } from '../../../src/checks/output-schema.ts';
import { checksPage } from '../../../src/checks/reference.ts';

test('docs/checks.md is what the catalogue says (npm run generate)', async () => {
  const page = new URL('../../../docs/checks.md', import.meta.url);
  expect(await readFile(page, 'utf8')).toBe(checksPage());
});

test('docs/check-output.schema.json is what the program promises (npm run generate)', async () => {
  const page = new URL('../../../docs/check-output.schema.json', import.meta.url);
  expect(await readFile(page, 'utf8')).toBe(checkOutputSchema());
});
