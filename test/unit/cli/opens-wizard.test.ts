import { expect, test } from 'vitest';
import { opensWizard, withoutWizard } from '../../../src/cli/opens-wizard.ts';
import { parseInvocation } from '../../../src/cli/parse.ts';

const opens = (args: string, interactive = true) =>
  opensWizard(parseInvocation(args.split(' ').filter(Boolean), {}), { interactive });

test.each([
  '',
  '--preset redis -n team',
  '--resume',
  '--backend raft --set a=b',
  'uninstall',
  'uninstall -n team',
  'uninstall --fresh',
  'uninstall --resume',
])('"%s" opens the wizard on a terminal, and nowhere else', (args) => {
  expect(opens(args)).toBe(true);
  expect(opens(args, false)).toBe(false);
});

test.each([
  '--yes',
  '--dry-run',
  '-o json',
  '--chart oci://example/xerv',
  '-f -',
  'install',
  'upgrade',
  'status',
  'uninstall --yes',
  'uninstall --keep-data',
  'uninstall --delete-data --confirm=xerv',
])('"%s" says what it wants', (args) => {
  expect(opens(args)).toBe(false);
});

test('--resume and --fresh are refused where there is no wizard', () => {
  const problems = withoutWizard(parseInvocation(['install', '--resume', '--fresh'], {}));
  expect(problems.map(({ where }) => where)).toEqual(['--resume', '--fresh']);
  expect(withoutWizard(parseInvocation(['install'], {}))).toEqual([]);
});
