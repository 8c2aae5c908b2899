import { section, value } from './documented.ts';
import { whole } from './formats.ts';

/** How much runs at once. */
export const executor = {
  executor: section('How much a replica runs at once.', {
    maxConcurrentNodes: value(whole(1), 16, 'Max concurrent nodes per trace.'),
    maxConcurrentTraces: value(
      whole(1),
      100,
      'Max concurrent traces of a replica. Each running trace takes 16 MiB of the data volume.',
    ),
    nodeTimeoutMs: value(whole(1), 30_000, 'Node execution timeout (milliseconds).'),
  }),
};
