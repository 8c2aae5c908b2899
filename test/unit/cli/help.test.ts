import { describe, expect, it } from 'vitest';
import { commandNames, commandTable } from '../../../src/cli/command-table.ts';
import type { Flag } from '../../../src/cli/flag.ts';
import { flagTable } from '../../../src/cli/flag-table.ts';
import { flagsOf, flagText } from '../../../src/cli/flags.ts';
import { helpTexts } from '../../../src/cli/help.ts';
import { exitCodes } from '../../../src/exit-codes.ts';

const texts = helpTexts();
const shape = ({ name, short, kind }: Flag) => ({ name, short, kind });

describe('help', () => {
  it('names every command and every exit code', () => {
    for (const name of commandNames) expect(texts['']).toContain(`  ${name} `);
    for (const code of Object.values(exitCodes))
      expect(texts['']).toMatch(new RegExp(`^  ${code} `, 'm'));
  });

  it.each(commandNames)('of %s shows each of its flags', (name) => {
    for (const flag of flagsOf(commandTable[name].groups))
      expect(texts[name]).toContain(flagText(flag));
  });

  it('has no line that a wide terminal would break, but for examples', () => {
    for (const text of Object.values(texts))
      for (const line of text.split('\n'))
        if (!line.includes('create-xerv-deploy ')) expect(line.length, line).toBeLessThan(120);
  });

  it('a flag that stands in two groups is read in the same way', () => {
    for (const flag of flagTable) {
      const twins = flagTable.filter(({ name }) => name === flag.name);
      for (const twin of twins) expect(shape(twin)).toEqual(shape(flag));
    }
  });
});
