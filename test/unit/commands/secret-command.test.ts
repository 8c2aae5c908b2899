import { expect, test } from 'vitest';
import { secretCommand } from '../../../src/commands/secret-command.ts';

const target = { context: 'eu', namespace: 'team-a', release: 'xerv' };
const secret = { name: 'xerv-redis', key: 'url' };

test('the URL is read from standard input', () => {
  expect(secretCommand(target, secret, 'linux')).toEqual({
    text: 'kubectl --context eu -n team-a create secret generic xerv-redis --from-file=url=/dev/stdin',
    from: 'on standard input',
  });
});

test('on Windows, which has no such file, from one of the user’s', () => {
  const { text, from } = secretCommand(target, secret, 'win32');
  expect(text).toMatch(/--from-file=url=FILE$/);
  expect(from).toContain('FILE');
});
