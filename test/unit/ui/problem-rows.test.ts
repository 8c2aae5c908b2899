import { describe, expect, it } from 'vitest';
import { endRows } from '../../../src/ui/end-rows.ts';
import { createTheme } from '../../../src/ui/looks.ts';
import { problemRows } from '../../../src/ui/problem-rows.ts';
import { rowText } from '../../../src/ui/row.ts';
import { failure } from '../../support/views.ts';

const { symbols } = createTheme({ colors: false, unicode: true, isSpoken: false });
const unreachable = {
  message: 'The cluster at https://10.0.0.1:6443 cannot be reached (context playground).',
  why: 'net/http: TLS handshake timeout',
  next: 'See that it is up, that this machine may reach it (VPN, proxy), and that the address is the right one.',
};

describe('what is wrong', () => {
  const rows = (problem: Parameters<typeof problemRows>[0], most: number) =>
    problemRows(problem, 60, most, symbols).map((row) => rowText(row).trim());

  it('is seen to be cut where it does not fit', () => {
    expect(rows(unreachable, 9).at(-1)).toMatch(/the right one\.$/);
    for (const most of [1, 2, 3, 4]) {
      const shown = rows(unreachable, most);
      expect(shown).toHaveLength(most);
      if (most !== 1) expect(shown.join(' ')).toMatch(/TLS|…/);
      if (most === 4) expect(shown.at(-1)).toMatch(/…$/);
    }
  });

  it('is told with its reason also where a path in it is long', () => {
    const path = `./${'directory/'.repeat(40)}values.yaml`;
    const problem = { message: `Cannot read ${path}.`, why: 'It does not exist.', where: path };
    const shown = rows(problem, 4);
    expect(shown.at(-1)).toBe('It does not exist.');
    expect(shown[0]).toMatch(/^✗ Cannot read/);
  });
});

it('what stopped an apply is told to its end where the screen has room', () => {
  const body = { ...failure, diagnoses: [], problems: [unreachable] };
  const shown = endRows(body, 76, 16, symbols).map(rowText).join(' ').replace(/\s+/g, ' ');
  expect(shown).toContain('the address is the right one.');
});
