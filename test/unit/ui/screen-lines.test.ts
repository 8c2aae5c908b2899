import { expect, it } from 'vitest';
import { createTheme } from '../../../src/ui/looks.ts';
import { rowText } from '../../../src/ui/row.ts';
import { screenLines, toldRows } from '../../../src/ui/screen-lines.ts';
import { sizeOf } from '../../../src/ui/size.ts';
import { reduce } from '../../../src/wizard/reduce.ts';
import { viewOf } from '../../../src/wizard/view/view-of.ts';
import { connect, press, review, someReview, startWizard } from '../../support/wizard.ts';

const theme = createTheme({ colors: false, unicode: true, isSpoken: false });

it('what is wrong with an answer is told with why and what to do', () => {
  const asked = press(connect(startWizard()), '4', 'missing.yaml', 'enter');
  const problem = { message: 'Cannot read it.', why: 'It is not there.', next: 'Name another.' };
  const state = reduce(asked, {
    type: 'file',
    path: 'missing.yaml',
    read: { state: 'failed', problem },
  });
  for (const size of [sizeOf(80, 24), sizeOf(140, 45)]) {
    const lines = screenLines(viewOf(state), size, theme).map(rowText);
    const first = lines.findIndex((line) => line.includes('Cannot read it.'));
    expect(lines.slice(first, first + 3).map((line) => line.slice(0, 40).trim())).toEqual([
      '✗ Cannot read it.',
      'It is not there.',
      'Name another.',
    ]);
  }
});

it('what a value is for is told whole where there is room', () => {
  const edited = press(connect(startWizard()), '2', 'a', 'replicaCount', 'enter');
  const told = screenLines(viewOf(edited), sizeOf(80, 24), theme).map(rowText).join(' ');
  expect(told.replace(/\s+/g, ' ')).toMatch(/replica has its own queue\. Default: 1 /);
});

it('the header stays where it is from the question to the review, on a wide terminal, too', () => {
  const asked = connect(startWizard());
  const headers = [asked, review(press(asked, '2', 'r'))].map((state) =>
    rowText(screenLines(viewOf(state), sizeOf(140, 45), theme)[0] ?? []),
  );
  expect(headers[1]).toBe(headers[0]);
});

it('a long name of the cluster hides neither the namespace nor that it looks like production', () => {
  const name = 'arn:aws:eks:eu-central-1:123456789012:cluster/prod';
  const server = 'https://0123456789ABCDEF0123456789ABCDEF.gr7.eu-central-1.eks.amazonaws.com';
  const target = { context: name, server, identity: 'uid', namespace: 'xerv', release: 'xerv' };
  const asked = connect(startWizard(), { target });
  const plan = someReview.plan && { ...someReview.plan, target };
  const lines = screenLines(
    viewOf(review(press(asked, '2', 'r'), { plan })),
    sizeOf(80, 24),
    theme,
  ).map(rowText);
  expect(lines[0]).toMatch(/cluster\/prod · namespace xerv · Kubernetes 1\.33$/);
  expect(lines.find((line) => line.includes('Cluster'))).toMatch(
    /arn:aws:\S*cluster\/prod.*looks like production$/,
  );
});

it('where there is hardly any room the review names the cluster and the release before all else', () => {
  const shown = review(press(connect(startWizard()), '2', 'r'));
  const lines = screenLines(viewOf(shown), sizeOf(40, 6), theme).map(rowText);
  expect(lines.slice(1, 4).map((line) => line.trim())).toEqual([
    expect.stringMatching(/^Cluster +playground/),
    expect.stringMatching(/^Release +xerv in namespace xerv/),
    'Install it? y/N',
  ]);
});

it.each([
  ['that was not seen', 'playground', 'playground  not reached'],
  ['that there is none of', '', 'none'],
])(
  'the review says of a cluster %s neither that it was nor what runs there',
  (_, context, said) => {
    const world = { connection: 'offline' as const, ...(context === '' && { contexts: [] }) };
    const shown = review(press(startWizard({ world }), '2', 'r'), { plan: undefined });
    const lines = screenLines(viewOf(shown), sizeOf(80, 24), theme).map(rowText);
    expect(lines.find((line) => line.includes('Cluster'))).toMatch(new RegExp(`${said}\\s*$`));
    expect(lines.find((line) => line.includes('Release'))).toMatch(/in namespace xerv\s*$/);
  },
);

it('what is done for good is told whole: there is a path in it', () => {
  const text = `values written to ./xerv-values.yaml (old content kept in ./${'x'.repeat(60)})`;
  const rows = toldRows({ text, tone: 'good' }, 76).map(rowText);
  expect(rows.length).toBeGreaterThan(1);
  for (const row of rows) expect(row.length).toBeLessThanOrEqual(76);
  expect(rows.join('').replace(/\s+/g, '')).toBe(text.replace(/\s+/g, ''));
});
