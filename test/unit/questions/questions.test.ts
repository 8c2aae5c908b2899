import { describe, expect, it } from 'vitest';
import { questions } from '../../../src/questions/catalogue.ts';

const answer = (flag: string, text: string) =>
  questions.find((question) => question.flag === flag)?.write(text);
const values = (flag: string, text: string) => {
  const written = answer(flag, text);
  return written?.ok ? written.values : written?.problem.message;
};

describe('questions', () => {
  it('have ids and flags of their own', () => {
    expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
    expect(new Set(questions.map(({ flag }) => flag)).size).toBe(questions.length);
  });

  it.each([
    [
      'ghcr.io/ml-rust/xerv:0.1.0',
      { repository: 'ghcr.io/ml-rust/xerv', tag: '0.1.0', digest: '' },
    ],
    ['localhost:5000/xerv', { repository: 'localhost:5000/xerv', tag: '', digest: '' }],
    ['xerv:5000', { repository: 'xerv', tag: '5000', digest: '' }],
    [
      `xerv@sha256:${'a'.repeat(64)}`,
      { repository: 'xerv', tag: '', digest: `sha256:${'a'.repeat(64)}` },
    ],
  ])('reads the image %s', (text, image) => {
    expect(values('image', text)).toEqual({ image });
  });

  it.each(['', ':1', 'a b', 'xerv:', 'xerv@sha256:short', 'xerv@a@b'])(
    'refuses the image "%s"',
    (text) => {
      expect(answer('image', text)).toMatchObject({ ok: false });
    },
  );

  it('a Secret takes the place of a URL, and the other way round', () => {
    expect(values('redis-secret', 'credentials/address')).toEqual({
      dispatch: { redis: { existingSecret: 'credentials', url: '', existingSecretKey: 'address' } },
    });
    expect(values('redis-url', 'redis://r:6379')).toEqual({
      dispatch: { redis: { url: 'redis://r:6379', existingSecret: '' } },
    });
  });

  it.each(['-1', '2.5', 'many', ''])('refuses %s replicas', (text) => {
    expect(answer('replicas', text)).toMatchObject({ ok: false });
  });

  it.each(['0Gi', '10GB', 'large'])('refuses the size %s', (text) => {
    expect(answer('storage-size', text)).toMatchObject({ ok: false });
  });

  // What was typed may be a password in the wrong place.
  it.each(
    questions.filter(({ kind }) => kind !== 'choice').map(({ id, write }) => ({ id, write })),
  )('$id does not repeat what it refuses', ({ write }) => {
    for (const text of [
      'Tr0ub4dor&3 !',
      'nats://u:Tr0ub4dor&3@',
      'a=b,Tr0ub4dor&3 !',
      '-Tr0ub4dor',
    ]) {
      const written = write(text);
      if (!written.ok) expect(JSON.stringify(written.problem)).not.toContain('Tr0ub4dor');
    }
  });
});
