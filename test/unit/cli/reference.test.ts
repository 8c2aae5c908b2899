import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { commandLinePage } from '../../../src/cli/reference.ts';

it('docs/command-line.md is what the tables say (npm run generate)', async () => {
  const page = new URL('../../../docs/command-line.md', import.meta.url);
  expect(await readFile(page, 'utf8')).toBe(commandLinePage());
});
