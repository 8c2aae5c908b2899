import type { ReleaseEvent } from '../../release/events.ts';

type Rollout = Extract<ReleaseEvent, { type: 'rollout' }>;

const tickMilliseconds = 1000;

/** Tells each event of an apply, and the time that goes by between them. */
export interface RolloutClock {
  readonly tell: (event: ReleaseEvent) => void;
  readonly stop: () => void;
}

/**
 * A rollout tells of itself only when something has changed: in between it is told anew with the
 * time that has gone by, so that nobody takes the screen for frozen. From its outcome on it is still.
 */
export function createRolloutClock(tell: (event: ReleaseEvent) => void): RolloutClock {
  let last: Rollout | undefined;
  let toldAt = 0;
  const timer = setInterval(() => {
    if (last) tell(later(last, Math.round((performance.now() - toldAt) / 1000)));
  }, tickMilliseconds);
  const stop = () => clearInterval(timer);
  return {
    tell: (event) => {
      if (event.type === 'outcome') stop();
      if (event.type === 'rollout') {
        last = event;
        toldAt = performance.now();
      }
      tell(event);
    },
    stop,
  };
}

function later(rollout: Rollout, seconds: number): Rollout {
  return {
    ...rollout,
    elapsedSeconds: rollout.elapsedSeconds + seconds,
    pods: rollout.pods.map((pod) => ({ ...pod, ageSeconds: pod.ageSeconds + seconds })),
  };
}
