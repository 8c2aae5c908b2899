import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/checks/types.ts';
import { findingProblems } from '../../../src/commands/finding-problems.ts';
import { formatFindings } from '../../../src/plain/finding-lines.ts';
import { formatHeading } from '../../../src/plain/heading.ts';
import { formatJunit } from '../../../src/plain/junit.ts';
import { createPalette } from '../../../src/plain/palette.ts';
import { formatProblems } from '../../../src/plain/problems.ts';

const finding = (parts: Partial<Finding>): Finding => ({
  check: 'XV-301',
  category: 'storage',
  title: 'The volumes can be provisioned',
  status: 'pass',
  message: 'The default StorageClass is standard.',
  ...parts,
});
const failed = finding({
  status: 'fail',
  message: 'There is no StorageClass "fast" & no <default>.',
  evidence: ['StorageClasses: slow'],
  remedies: [
    { text: 'Use StorageClass slow.', changes: [{ path: ['storage', 'class'], value: 'slow' }] },
    { text: 'Or make one.', command: 'kubectl apply -f class.yaml' },
  ],
});
const warned = finding({ check: 'XV-302', status: 'warn', message: 'Unwise.' });
const letPass = finding({ check: 'XV-303', status: 'skip', skippedBecause: 'a test' });
const findings = [finding({ check: 'XV-101', category: 'cluster' }), warned, failed, letPass];
const target = {
  context: 'staging',
  server: 'https://api',
  identity: 'id',
  namespace: 'xerv',
  release: 'xerv',
};
const palette = createPalette({ colors: false, unicode: false });

describe('as text', () => {
  test('the worst comes first, passes are left out', () => {
    expect(formatFindings(findings, palette, false)).toEqual([
      'x XV-301 Failed: There is no StorageClass "fast" & no <default>.',
      '    StorageClasses: slow',
      '    Use StorageClass slow.',
      '      --set-json \'storage.class="slow"\'',
      '    Or make one.',
      '      kubectl apply -f class.yaml',
      '',
      '! XV-302 Warning: Unwise.',
      '',
      '. XV-303 Let pass (a test): The default StorageClass is standard.',
      '',
      '4 findings: 1 failed, 1 with a warning, 1 let pass, 1 passed',
    ]);
  });

  test('steps and commands of a remedy stand below each other', () => {
    const steps = finding({
      status: 'fail',
      message: 'It cannot be changed.',
      evidence: ['one\ntwo'],
      remedies: [
        { text: 'In this order:\n1. enlarge them\n2. replace it', command: 'kubectl a\nkubectl b' },
      ],
    });
    const below = [
      '    In this order:',
      '    1. enlarge them',
      '    2. replace it',
      '      kubectl a',
      '      kubectl b',
    ];
    expect(formatFindings([steps], palette, false).slice(1, -2)).toEqual([
      '    one',
      '    two',
      ...below,
    ]);
    // As a failure that stops an install says it.
    expect(formatProblems(findingProblems([steps]), palette).slice(3)).toEqual(below);
  });

  test('says once what several checks say alike', () => {
    const unknown = { status: 'unknown', message: 'Could not look.' } as const;
    const alike = [finding(unknown), finding({ ...unknown, check: 'XV-302' })];
    expect(formatFindings(alike, palette, false)).toEqual([
      '? XV-301 Unknown: Could not look.',
      '    The same for XV-302',
      '',
      '2 findings: 2 unknown',
    ]);
  });

  test('below the release and the cluster that they are of', () => {
    expect(formatHeading('check', { target }, palette)).toEqual([
      'XERV check: release xerv in namespace xerv on staging (https://api)',
      '',
    ]);
  });

  test('tells whether the values of what runs count', () => {
    const said = (startsFromLive: boolean) =>
      formatHeading('plan', { target, live: { revision: 3 }, startsFromLive }, palette)[1];
    expect(said(true)).toBe(
      'As upgrade would: the given values on top of the live ones (revision 3).',
    );
    expect(said(false)).toContain('To keep them: --reuse-values');
  });

  test('tells when a saved look was taken', () => {
    const about = { target, takenAt: '2026-01-02T03:04:05Z' };
    expect(formatHeading('check', about, palette)[0]).toContain('seen at 2026-01-02T03:04:05Z');
  });

  test('verbose shows the passes, last', () => {
    const lines = formatFindings(findings, palette, true);
    expect(lines.at(-3)).toBe('+ XV-101 Passed: The default StorageClass is standard.');
  });
});

describe('as JUnit', () => {
  const report = formatJunit(findings, { context: 'a&b', namespace: 'xerv', release: 'xerv' });

  test('counts by category', () => {
    expect(report).toContain(
      'xerv in xerv on a&amp;b" tests="4" failures="1" errors="0" skipped="1">',
    );
    expect(report).toContain(
      '<testsuite name="storage" tests="3" failures="1" errors="0" skipped="1">',
    );
  });

  test('escapes what would break XML', () => {
    expect(report).toContain(
      '<failure message="There is no StorageClass &quot;fast&quot; &amp; no &lt;default&gt;.">',
    );
    expect(report).toContain('storage.class: &quot;slow&quot;');
    expect(report).toContain('<skipped message="a test">');
  });

  test('tells warnings in the output of a case that passes', () => {
    expect(report).toMatch(/XV-302[^>]*">\s*<system-out>Warning: Unwise\./);
  });
});
