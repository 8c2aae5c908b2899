import * as z from 'zod/mini';
import { section, value } from './documented.ts';
import { whole } from './formats.ts';

interface Timing {
  initialDelaySeconds: number;
  periodSeconds: number;
  timeoutSeconds: number;
  failureThreshold: number;
}

const probe = (description: string, timing: Timing) =>
  section(description, {
    enabled: value(z.boolean(), true, 'Use this probe.'),
    initialDelaySeconds: value(
      whole(0),
      timing.initialDelaySeconds,
      'Seconds after the start of the container before the first probe.',
    ),
    periodSeconds: value(whole(1), timing.periodSeconds, 'Seconds between probes.'),
    timeoutSeconds: value(
      whole(1),
      timing.timeoutSeconds,
      'Seconds after which a probe has failed.',
    ),
    failureThreshold: value(
      whole(1),
      timing.failureThreshold,
      'Failures in a row before Kubernetes acts.',
    ),
  });

/** How Kubernetes finds out how a pod is. */
export const probes = {
  startupProbe: probe(
    'Whether the server has started (GET /api/v1/health). The other probes wait for it; enough time to read a long log.',
    { initialDelaySeconds: 0, periodSeconds: 2, timeoutSeconds: 3, failureThreshold: 90 },
  ),
  livenessProbe: probe(
    'Whether the container must be restarted (TCP connect: XERV limits requests by client address, so an API path could fail under load).',
    { initialDelaySeconds: 0, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
  ),
  readinessProbe: probe(
    'Whether the pod gets requests (GET /api/v1/health, or TCP connect behind a mesh proxy).',
    {
      initialDelaySeconds: 0,
      periodSeconds: 5,
      timeoutSeconds: 3,
      failureThreshold: 3,
    },
  ),
};
