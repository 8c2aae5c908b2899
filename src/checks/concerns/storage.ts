import type { Check } from '../types.ts';
import { fail, pass, withFact } from '../verdicts.ts';

const commands = 'kubectl get storageclass';

/** Volumes and the classes that make them. */
export const storageChecks: readonly Check[] = [
  {
    id: 'XV-301',
    category: 'storage',
    title: 'The volumes of the raft replicas can be made',
    why: 'Each raft replica waits for its volume. Without a StorageClass that makes it, the pods stay Pending for ever.',
    reads: 'storage.class; the StorageClasses and which of them is the default',
    rules: ['D07'],
    applies: ({ values }) => values.dispatch.backend === 'raft' && values.storage.class !== '-',
    needs: () => ['storageClasses'],
    run: ({ values, facts }) =>
      withFact(facts, 'storageClasses', 'the StorageClasses', (classes) => {
        const wanted = values.storage.class;
        const list = classes.map(({ name, isDefault }) => (isDefault ? `${name} (default)` : name));
        const evidence = [`StorageClasses: ${list.join(', ') || 'none'}`];
        const choose = classes.slice(0, 5).map(({ name }) => ({
          text: `Use StorageClass ${name}.`,
          changes: [{ path: ['storage', 'class'], value: name }],
        }));
        if (wanted === '') {
          const found = classes.find(({ isDefault }) => isDefault);
          if (found) return pass(`The default StorageClass is ${found.name}.`, { evidence });
          return fail('storage.class is empty, and the cluster has no default StorageClass.', {
            evidence,
            remedies: [
              ...choose,
              {
                text: 'Or have whoever runs the cluster make one the default.',
                command: commands,
              },
            ],
          });
        }
        if (classes.some(({ name }) => name === wanted))
          return pass(`StorageClass ${wanted} exists.`, { evidence });
        return fail(`StorageClass ${wanted} does not exist.`, { evidence, remedies: choose });
      }),
  },
];
