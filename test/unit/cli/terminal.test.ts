import { describe, expect, it } from 'vitest';
import { readFlagValues } from '../../../src/cli/flag-values.ts';
import { detectTerminal } from '../../../src/cli/terminal.ts';

const detect = (
  env: Record<string, string>,
  {
    isTTY = true,
    flags = {},
    size = {},
  }: {
    isTTY?: boolean;
    flags?: Record<string, boolean>;
    size?: { rows?: number; columns?: number };
  } = {},
) =>
  detectTerminal(
    {
      stdin: { isTTY },
      stdout: { isTTY, ...size },
      env: { LANG: 'C.UTF-8', ...env },
      platform: 'linux',
    },
    readFlagValues(new Map(Object.entries(flags).map(([name, value]) => [name, [value]]))),
  );

describe('detectTerminal', () => {
  it('asks on a terminal', () => {
    expect(detect({})).toEqual({ interactive: true, draws: true, colors: true, unicode: true });
  });

  it.each([
    ['no terminal', {}, { isTTY: false }],
    ['CI', { CI: 'true' }, {}],
    ['an empty CI variable', { CI: '' }, {}],
    ['--no-interactive', {}, { flags: { interactive: false } }],
  ])('never asks with %s', (_, env, options) => {
    expect(detect(env, options).interactive).toBe(false);
  });

  it('obeys --interactive and CI=false', () => {
    expect(detect({ CI: 'true' }, { flags: { interactive: true } }).interactive).toBe(true);
    expect(detect({ CI: 'false' }).interactive).toBe(true);
  });

  it.each([
    ['a dumb terminal', { TERM: 'dumb' }, {}],
    ['ACCESSIBLE', { ACCESSIBLE: '1' }, {}],
    ['--plain', {}, { flags: { plain: true } }],
    ['few rows', {}, { size: { rows: 11, columns: 80 } }],
    ['few columns', {}, { size: { rows: 24, columns: 39 } }],
  ])('asks in lines, and draws nothing, with %s', (_, env, options) => {
    expect(detect(env, options)).toMatchObject({ interactive: true, draws: false });
  });

  it('draws on a small terminal, and on one that does not say its size', () => {
    expect(detect({}, { size: { rows: 12, columns: 40 } }).draws).toBe(true);
    expect(detect({}, { size: { rows: 0, columns: 0 } }).draws).toBe(true);
  });

  it('has no colours with NO_COLOR, --no-color, --plain, ACCESSIBLE or into a pipe', () => {
    expect(detect({ NO_COLOR: '1' }).colors).toBe(false);
    expect(detect({ ACCESSIBLE: '1' }).colors).toBe(false);
    expect(detect({}, { flags: { 'no-color': true } }).colors).toBe(false);
    expect(detect({}, { flags: { plain: true } }).colors).toBe(false);
    expect(detect({}, { isTTY: false }).colors).toBe(false);
  });

  it('falls back to ASCII where the locale has no UTF-8', () => {
    expect(detect({ LC_ALL: 'C' }).unicode).toBe(false);
    expect(detect({ LANG: 'POSIX' }).unicode).toBe(false);
  });
});
