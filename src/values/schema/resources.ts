import { section, sectionOf, value } from './documented.ts';
import { quantity } from './formats.ts';

/** What a pod may use. */
export const resources = {
  resources: section('Requests and limits of the container.', {
    requests: sectionOf(
      'What the scheduler sets aside. Others (ephemeral-storage, …) may be added.',
      {
        cpu: value(quantity, '100m', 'CPU request.'),
        memory: value(quantity, '256Mi', 'Memory request.'),
      },
      quantity,
    ),
    limits: sectionOf(
      'What the container may not exceed. Others (ephemeral-storage, …) may be added.',
      {
        cpu: value(quantity, '1000m', 'CPU limit.'),
        memory: value(quantity, '1Gi', 'Memory limit.'),
      },
      quantity,
    ),
  }),
};
