import type { Check, Remedy } from '../types.ts';
import { fail, pass, warn } from '../verdicts.ts';

const oneWriter = ['ReadWriteOnce', 'ReadWriteOncePod'];

/** Volumes and the classes that make them. */
export const storageChecks: readonly Check[] = [
  {
    id: 'XV-302',
    category: 'storage',
    title: 'A raft replica has its volume for itself',
    why: 'Each raft replica writes to a volume of its own. A mode for many writers asks the storage for something that nobody uses, and many classes cannot give it.',
    reads: 'storage.accessMode',
    rules: ['D08'],
    applies: ({ values }) => values.dispatch.backend === 'raft',
    needs: () => [],
    run: ({ values }) => {
      const mode = values.storage.accessMode;
      if (oneWriter.includes(mode)) return pass(`The access mode is ${mode}.`);
      const remedy: Remedy = {
        text: 'Use ReadWriteOnce.',
        changes: [{ path: ['storage', 'accessMode'], value: 'ReadWriteOnce' }],
      };
      const evidence = [`storage.accessMode: ${mode}`];
      return mode === 'ReadOnlyMany'
        ? fail('With storage.accessMode ReadOnlyMany no replica could write.', {
            evidence,
            remedies: [remedy],
          })
        : warn(`storage.accessMode is ${mode}, but each volume has one writer.`, {
            evidence,
            remedies: [remedy],
          });
    },
  },
];
