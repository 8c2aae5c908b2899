import { expect, test } from 'vitest';
import { createStderrFilter } from '../../../src/cluster/klog.ts';

const filter = (...chunks: string[]) => {
  const shown: string[] = [];
  const stderr = createStderrFilter((line) => shown.push(line));
  for (const chunk of chunks) stderr.write(chunk);
  return { shown, lastWords: stderr.lastWords() };
};
const klog = (text: string) => `E1124 00:22:47.471733   17080 proxy_server.go:147] ${text}\n`;

test('shows what a login plugin says, whole lines at a time', () => {
  const { shown } = filter(
    'To sign in, open https://exam',
    'ple.com and enter ABC\nWaiting',
    ' …\n',
  );
  expect(shown).toEqual(['To sign in, open https://example.com and enter ABC', 'Waiting …']);
});

test("holds the proxy's own log back, all lines of an entry", () => {
  const entry = `${klog('Error while proxying request: getting credentials: not found')}\nIt looks like\nyou\n`;
  const { shown, lastWords } = filter(
    entry,
    klog('Error while proxying request: EOF'),
    'Enter ABC\n',
  );
  expect(shown).toEqual(['Enter ABC']);
  expect(lastWords).toContain('getting credentials: not found\n\nIt looks like');
  expect(lastWords).not.toContain('proxy_server.go');
});

test("kubectl's last words are for the failure, not for the screen", () => {
  const { shown, lastWords } = filter('error: unable to read certificate-authority /ca\n');
  expect(shown).toEqual([]);
  expect(lastWords).toBe('unable to read certificate-authority /ca');
});
