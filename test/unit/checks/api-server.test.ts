import { expect, test } from 'vitest';
import { runCheck } from '../../support/check-input.ts';

const refused = (object: string, reason: string) => ({
  object,
  outcome: 'refused' as const,
  reason,
  message: `${object} is refused`,
  warnings: [],
  elsewhere: false,
});
const forbidden = ['Service/xerv', 'Deployment/xerv'].map((name) => refused(name, 'forbidden'));

test('XV-102: what is so for the namespace as a whole is said once', () => {
  const dryRun = [...forbidden, refused('Ingress/xerv', 'admission')];
  const said = runCheck('XV-102', { facts: { dryRun, obstacles: [] } });
  expect(said).toMatchObject([
    { status: 'fail', evidence: ['Ingress/xerv is refused'] },
    {
      status: 'fail',
      message: expect.stringMatching(/^You may not create or change 2 objects in namespace /),
      evidence: [
        'Service/xerv: Service/xerv is refused',
        'Deployment/xerv: Deployment/xerv is refused',
      ],
    },
  ]);
});

test('XV-102: what another check tells of neither fails again nor passes', () => {
  const obstacles = [{ check: 'XV-105', message: 'You lack rights.' }];
  expect(runCheck('XV-102', { facts: { dryRun: forbidden, obstacles } })).toMatchObject([
    { status: 'skip', message: expect.stringContaining('refuses 2 objects') },
  ]);
});

test('XV-102: that a pod is refused is for other checks', () => {
  const dryRun = [refused('Pod/xerv-*', 'pod-security')];
  expect(runCheck('XV-102', { facts: { dryRun, obstacles: [] } })).toMatchObject([
    { status: 'pass' },
  ]);
});
