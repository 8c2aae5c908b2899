import { describe, expect, it } from 'vitest';
import { createEventFormatter } from '../../../src/plain/event-lines.ts';
import { createPalette } from '../../../src/plain/palette.ts';
import type { PodState, ReleaseEvent } from '../../../src/release/events.ts';

const palette = createPalette({ colors: false, unicode: true });
const pod = (state: PodState['state'], ageSeconds = 1): PodState => ({
  name: 'xerv-0',
  state,
  reason: state === 'ready' ? '' : 'container starting',
  node: 'node-1',
  restarts: 0,
  ageSeconds,
});
const rollout = (...pods: PodState[]): ReleaseEvent => ({
  type: 'rollout',
  ready: 0,
  wanted: 1,
  pods,
  claims: [{ name: 'data-xerv-0', phase: 'Bound', size: '1Gi', storageClass: 'standard' }],
  elapsedSeconds: 1,
});

describe('createEventFormatter', () => {
  it('appends only what changed since the last look', () => {
    const format = createEventFormatter(palette);
    expect(format(rollout(pod('starting')))).toEqual([
      '   · data-xerv-0  Bound        1Gi  standard',
      '   ● xerv-0       starting     node-1  container starting',
    ]);
    expect(format(rollout(pod('starting', 5)))).toEqual([]);
    expect(format(rollout(pod('ready', 6)))).toEqual(['   ✓ xerv-0       ready        node-1  6s']);
    expect(format(rollout(pod('ready', 9)))).toEqual([]);
  });

  it('names release, namespace, context and server before anything else', () => {
    const format = createEventFormatter(palette);
    const target = {
      context: 'prod-eu',
      server: 'https://10.0.0.1',
      identity: 'uid',
      namespace: 'xerv',
      release: 'xerv',
    };
    expect(format({ type: 'target', target, action: 'install' })).toEqual([
      'XERV install: release xerv in namespace xerv on prod-eu (https://10.0.0.1)',
    ]);
  });

  it('shows a failure as cause, proof and what to do', () => {
    const format = createEventFormatter(createPalette({ colors: false, unicode: false }));
    const lines = format({
      type: 'outcome',
      outcome: 'failed',
      message: 'XERV is not running',
      state: 'Release xerv is deployed (revision 1); 0 of 1 pods are ready.',
      diagnoses: [
        {
          cause: 'image-pull',
          object: 'Pod xerv-0',
          message: 'its image cannot be pulled',
          evidence: ['manifest unknown'],
          next: 'Choose another image: --image',
        },
      ],
      problems: [],
      next: [],
    });
    expect(lines).toEqual([
      '',
      'x XERV is not running',
      '  Release xerv is deployed (revision 1); 0 of 1 pods are ready.',
      '',
      '  Pod xerv-0: its image cannot be pulled',
      '    | manifest unknown',
      '    Choose another image: --image',
    ]);
  });
});
