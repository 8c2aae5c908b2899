import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../src/checks/catalogue.ts';
import { parseDocument } from '../../../src/values/parse-document.ts';
import { parsePreset } from '../../../src/values/presets.ts';
import { validateValues } from '../../../src/values/validate.ts';
import { chartSchema } from '../../support/chart-schema.ts';

const folder = new URL('../../../presets/', import.meta.url);
const names = readdirSync(folder).map((file) => file.replace(/\.yaml$/, ''));

describe.each(names)('preset %s', (name) => {
  const text = readFileSync(new URL(`${name}.yaml`, folder), 'utf8');
  const preset = parsePreset(name, text);

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
    expect(validateValues(chartSchema, preset.values)).toEqual([]);
  });

  it('reads the same as a values file of a user', () => {
    const parsed = parseDocument(text, name);
    expect(parsed).toMatchObject({ ok: true, warnings: [] });
    expect(parsed.ok && parsed.document.toTree()).toEqual(preset.values);
  });
});
