import { describe, expect, it } from 'vitest';
import { createPalette } from '../../../src/plain/palette.ts';
import { formatProblems } from '../../../src/plain/problems.ts';

const palette = createPalette({ colors: false, unicode: true });

describe('formatProblems', () => {
  it('says what happened, where, why and what to do next', () => {
    const problem = {
      message: 'Cannot be three.',
      where: '--replicas',
      why: 'It is no number.',
      next: 'Give one.',
    };
    expect(formatProblems([problem], palette)).toEqual([
      '✗ Error: Cannot be three. (--replicas)',
      '    It is no number.',
      '    Give one.',
    ]);
  });

  it('does not say twice where it is', () => {
    const problem = { message: 'Cannot read mine.yaml.', where: 'mine.yaml' };
    expect(formatProblems([problem], palette)).toEqual(['✗ Error: Cannot read mine.yaml.']);
  });
});
