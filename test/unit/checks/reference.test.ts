import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { checksPage } from '../../../src/checks/reference.ts';

test('docs/checks.md is what the catalogue says (npm run generate)', async () => {
  const page = new URL('../../../docs/checks.md', import.meta.url);
  expect(await readFile(page, 'utf8')).toBe(checksPage());
});
