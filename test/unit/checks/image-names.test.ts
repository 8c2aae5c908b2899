import { expect, test } from 'vitest';
import type { RenderedObject } from '../../../src/checks/types.ts';
import { runCheck } from '../../support/check-input.ts';
import { judgeVerdicts, type Row } from '../../support/check-table.ts';
import { makeWorkload } from '../../support/workloads.ts';

const withImage = (image: string) =>
  makeWorkload({ pod: { containers: [{ name: 'xerv', image }] } });
const object = (kind: string, spec: object): RenderedObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'extra', labels: {}, annotations: {} },
  spec,
});
const wrong = { containers: [{ name: 'extra', image: 'r.io/xerv:1:2' }] };

const table: readonly Row[] = [
  ['XV-811', 'D81: one that can be', { objects: [withImage('r.io/team/xerv:1')] }, ['pass']],
  ['XV-811', 'D81: capital letters', { objects: [withImage('r.io/Team/xerv:1')] }, ['fail']],
  ['XV-811', 'nothing rendered', {}, []],
  ['XV-811', 'no pods', { objects: [object('Service', {})] }, []],
  [
    'XV-811',
    'D81: a container of the initialisation',
    {
      objects: [
        makeWorkload({
          pod: { initContainers: [{ name: 'wait', image: 'busybox: 1' }], containers: [] },
        }),
      ],
    },
    ['fail'],
  ],
  ['XV-811', 'D81: a pod', { objects: [object('Pod', wrong)] }, ['fail']],
  ['XV-811', 'D81: a job', { objects: [object('Job', { template: { spec: wrong } })] }, ['fail']],
  [
    'XV-811',
    'D81: a job of a timetable',
    { objects: [object('CronJob', { jobTemplate: { spec: { template: { spec: wrong } } } })] },
    ['fail'],
  ],
];

judgeVerdicts(table);

test('XV-811 names the container and its image', () => {
  const [verdict] = runCheck('XV-811', { objects: [withImage('r.io/xerv:\u00a01')] });
  expect(verdict?.evidence).toEqual(['Deployment xerv: container xerv: image "r.io/xerv:\u00a01"']);
});
