import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { keyMap } from '../../../src/wizard/key-map.ts';
import { wizardPage } from '../../../src/wizard/reference.ts';

describe('docs/wizard.md', () => {
  it('is what the key map says (npm run generate)', async () => {
    const page = new URL('../../../docs/wizard.md', import.meta.url);
    expect(await readFile(page, 'utf8')).toBe(wizardPage());
  });

  it('has a row for each action', () => {
    const rows = wizardPage()
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    expect(rows).toHaveLength(keyMap.length);
  });
});
