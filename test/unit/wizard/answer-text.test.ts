import { describe, expect, it } from 'vitest';
import { questions } from '../../../src/questions/catalogue.ts';
import { yesNo } from '../../../src/questions/question.ts';
import { answerText, changedText } from '../../../src/wizard/answer-text.ts';
import { reviewSections } from '../../../src/wizard/review-sections.ts';
import { connect, press, startWizard } from '../../support/wizard.ts';

const question = (id: string) => {
  const found = questions.find((one) => one.id === id);
  if (!found) throw new Error(`no question ${id}`);
  return found;
};

const { values } = startWizard().derived.replay;
const context = { values, facts: {} };

describe('an answer in the review', () => {
  it.each([
    ['metrics', 'true', 'metrics'],
    ['metrics', 'false', undefined],
    ['autoscaling', 'none', undefined],
    ['autoscaling', 'keda', 'KEDA'],
    ['backend', 'raft', 'Raft'],
    ['log-format', 'json', 'logs JSON'],
    ['storage-class', 'standard', 'class standard'],
    ['storage-class', '', undefined],
    ['replicas', '5', 'replicas: 5'],
    ['log-format', undefined, undefined],
  ])('of %s, %s: %s', (id, answer, text) => {
    expect(answerText(question(id), answer, context)).toBe(text);
  });

  it.each([
    ['alerts', 'true', 'false', 'no alerts'],
    ['alerts', 'false', 'true', 'alerts (new)'],
    ['backend', 'raft', 'memory', 'Memory (was Raft)'],
    ['replicas', '3', '5', 'replicas: 5 (was 3)'],
    ['autoscaling', 'hpa', 'none', 'no longer HPA'],
    ['tracing-endpoint', '', 'http://tempo:4317', 'traces to http://tempo:4317 (new)'],
  ])('that changes: %s from %s to %s is %s', (id, before, now, text) => {
    expect(changedText(question(id), before, now, context)).toBe(text);
  });

  it('names everything that is on by a word of its own', () => {
    const unnamed = questions.filter(({ choices, short }) => choices === yesNo && !short);
    expect(unnamed.map(({ id }) => id)).toEqual([]);
  });

  it('is told where only a flag gives it', () => {
    const given = connect(startWizard({ draft: { answers: { image: 'example.com/xerv:2' } } }));
    const resources = reviewSections(given).find(({ label }) => label === 'Resources');
    expect(resources?.text).toContain('image example.com/xerv:2');
  });

  it('is nothing that only a program would say', () => {
    const state = connect(press(startWizard(), '2'));
    const texts = reviewSections(state).map(({ label, text }) => `${label}: ${text}`);
    expect(texts).toContain('Backend: Raft, replicas: 5');
    expect(texts).toContain('Scaling: none');
    expect(texts).toContain('Network: none');
    expect(texts.join('\n')).not.toMatch(/\b(true|false)\b|none, /);
  });
});
