import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../src/checks/catalogue.ts';
import { parsePreset } from '../../../src/values/presets.ts';
import { validateValues } from '../../../src/values/validate.ts';

const folder = new URL('../../../presets/', import.meta.url);
const names = readdirSync(folder).map((file) => file.replace(/\.yaml$/, ''));

describe.each(names)('preset %s', (name) => {
  const preset = parsePreset(name, readFileSync(new URL(`${name}.yaml`, folder), 'utf8'));

  it('says what it is, what the cluster must have and which warnings to expect', () => {
    expect(preset.title).toMatch(/\w/);
    expect(preset.summary).toMatch(/\.$/);
    expect(preset.needs.length).toBeGreaterThan(0);
    expect(preset.warnings.length).toBeGreaterThan(0);
  });

  it('names checks that there are', () => {
    const ids: readonly string[] = catalogue.map(({ id }) => id);
    for (const [named] of preset.warnings.join().matchAll(/XV-\d+/g)) expect(ids).toContain(named);
  });

  it('has values that the chart takes', () => {
    expect(validateValues(preset.document.toTree())).toEqual([]);
  });
});
