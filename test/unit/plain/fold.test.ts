import { describe, expect, it } from 'vitest';
import { fold } from '../../../src/plain/fold.ts';
import { createPalette } from '../../../src/plain/palette.ts';

describe('fold', () => {
  const prose = ' • Objects: PodDisruptionBudget, ServiceAccount';

  it('breaks between words, and goes on below the first one', () => {
    expect(fold(prose, 40)).toBe(' • Objects: PodDisruptionBudget,\n   ServiceAccount');
    expect(fold('XERV install: release xerv in namespace xerv', 30)).toBe(
      'XERV install: release xerv in\n  namespace xerv',
    );
    expect(fold('    It is a directory, not a file.', 24)).toBe(
      '    It is a directory,\n    not a file.',
    );
  });

  it('goes on below the words of a numbered step', () => {
    expect(fold('    1. where the class allows it, enlarge them', 30)).toBe(
      '    1. where the class allows\n       it, enlarge them',
    );
  });

  it('leaves alone what fits, and what goes to no terminal', () => {
    expect(fold(prose, 80)).toBe(prose);
    expect(fold(prose, undefined)).toBe(prose);
    expect(fold(`one\n${prose}\n`, 80)).toBe(`one\n${prose}\n`);
  });

  it('never breaks a command', () => {
    const command = 'kubectl --context playground -n xerv describe pod xerv-0';
    expect(fold(`    See why: ${command}. Then go on and try it again.`, 40)).toBe(
      `    See why:\n    ${command}.\n    Then go on and try it again.`,
    );
    expect(fold('Cancelled while helm was running; helm was told to stop.', 40)).toBe(
      'Cancelled while helm was running; helm\n  was told to stop.',
    );
  });

  it('does not count colours', () => {
    const { bad, strong } = createPalette({ colors: true, unicode: true });
    const text = `${bad('✗ Error:')} ${strong('nothing is there')}`;
    expect(fold(text, 25)).toBe(text);
    expect(fold(text, 20)).toBe(`${bad('✗ Error:')} \u001b[1mnothing is\n  there\u001b[22m`);
  });

  it('gives a word that is too long a line of its own', () => {
    const word = 'x'.repeat(30);
    expect(fold(`  see ${word} now`, 20)).toBe(`  see\n  ${word}\n  now`);
  });
});
