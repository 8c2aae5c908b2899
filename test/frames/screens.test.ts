import { describe, expect, test } from 'vitest';
import { drawFrame } from '../support/frames.ts';
import { bodies, viewWith } from '../support/views.ts';

const sizes = [
  { columns: 80, rows: 24 },
  { columns: 40, rows: 12 },
  { columns: 140, rows: 45 },
  { columns: 24, rows: 6 },
];

/** What must be seen at every size. */
const mustShow: Readonly<Record<string, RegExp>> = {
  waiting: /Looking at/,
  question: /Memory/,
  'text question': /50Gi/,
  'question with a problem': /no amount/,
  blocked: /stand in the way/,
  review: /Type\s+prod-eu/,
  ledger: /Keep the data/,
  'ledger with consent': /Type xerv/,
  rollout: /Installing xerv/,
  failure: /cannot start/,
  done: /is running/,
};

describe.each(sizes)('at $columns x $rows', ({ columns, rows }) => {
  test.each(Object.entries(bodies))('%s', async (name, body) => {
    for (const look of [
      { colors: true, unicode: true },
      { colors: false, unicode: false },
    ]) {
      const { lines, text, bytes } = await drawFrame(viewWith(body), { columns, rows, ...look });
      expect(lines.length, text).toBeLessThan(rows);
      expect(Math.max(...lines.map((line) => line.length)), text).toBeLessThanOrEqual(columns);
      if (columns <= 100) expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(77);
      expect(bytes).not.toContain('\u001b[3J');
      expect(bytes).not.toContain('\u001b[2J');
      expect(bytes).not.toContain('\u001b[?1049h');
      expect(text).toMatch(/XERV/);
      if (rows > 6) expect(text).toMatch(mustShow[name] ?? /./);
      if (!look.unicode) expect(text).toMatch(/^[\u0020-\u007e\n]*$/);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: styles are what is looked for
      if (!look.colors) expect(bytes).not.toMatch(/\u001b\[[0-9;]*m/);
    }
  });
});
