import { replicaRange } from '../../values/scale.ts';
import { getNode } from '../../values/tree.ts';
import { at, listAt, mapAt, textAt } from '../fit/read.ts';
import { looksLikeProduction } from '../production.ts';
import { classPath } from '../storage-class.ts';
import type { Check, CheckInput, Remedy } from '../types.ts';
import { fail, pass, warn, withFact } from '../verdicts.ts';

/** ReadWriteOncePod is stable since 1.29, and was off by default before 1.27. */
const onePodMinor = 29;
const oneWriter = ['ReadWriteOnce', 'ReadWriteOncePod'];

/** Volumes and the classes that make them. */
export const storageChecks: readonly Check[] = [
  {
    id: 'XV-302',
    category: 'storage',
    title: 'Every raft replica has its own volume',
    why: 'Each raft replica writes to its own volume. A shared access mode asks for something that is not needed, and many classes cannot provide it.',
    reads: 'storage.accessMode; the version of Kubernetes',
    rules: ['D08'],
    applies: ({ values }) => values.dispatch.backend === 'raft',
    needs: ({ values }) => (values.storage.accessMode === 'ReadWriteOncePod' ? ['server'] : []),
    run: ({ values, facts: { server } }) => {
      const mode = values.storage.accessMode;
      if (mode === 'ReadWriteOncePod' && server?.state === 'known') {
        const { minor, gitVersion } = server.value;
        if (minor < onePodMinor)
          return warn(`Kubernetes ${gitVersion} may not support ReadWriteOncePod.`, {
            evidence: [
              `storage.accessMode: ${mode}, which is stable since 1.${onePodMinor}`,
              `server: ${gitVersion}`,
            ],
            remedies: [
              {
                text: 'Use ReadWriteOnce.',
                changes: [{ path: ['storage', 'accessMode'], value: 'ReadWriteOnce' }],
              },
            ],
          });
      }
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
  {
    id: 'XV-303',
    category: 'storage',
    title: 'Persistent data has a volume',
    why: 'XERV locks its log, so a single-writer volume cannot serve several pods. With several replicas the chart uses scratch space instead, which is lost with the pod.',
    reads: 'persistence, replicaCount or the autoscaler’s maximum',
    rules: ['D20'],
    applies: ({ values }) => values.dispatch.backend !== 'raft' && values.persistence.enabled,
    needs: () => [],
    run: ({ values }) => {
      const { most } = replicaRange(values);
      const mode = values.persistence.accessMode;
      if (most <= 1) return pass('One replica has the volume.');
      if (mode === 'ReadWriteMany') return pass('Each replica has its own directory.');
      return warn(
        `persistence is ignored: ${most} replicas cannot share a ${mode} volume, and use scratch space.`,
        {
          evidence: [
            `persistence.enabled: true; persistence.accessMode: ${mode}; up to ${most} replicas`,
          ],
          remedies: [
            {
              text: 'Set the values to match.',
              changes: [{ path: ['persistence', 'enabled'], value: false }],
            },
            {
              text: 'Or share the volume: persistence.accessMode ReadWriteMany, with a storageClass that supports it.',
            },
          ],
        },
      );
    },
  },
  {
    id: 'XV-304',
    category: 'storage',
    title: 'An upgrade releases the volume first',
    why: 'A rolling update starts the new pod while the old one still holds the volume: the new pod waits for it forever, and the old one stays until the new one is ready.',
    reads: 'updateStrategy as you set it, persistence',
    rules: ['D21'],
    applies: ({ values, objects }) =>
      values.persistence.enabled && claimOfDeployment(objects) !== '',
    needs: () => [],
    run: ({ given, objects, values }) => {
      const type = getNode(given, ['updateStrategy', 'type']);
      const mode = values.persistence.accessMode;
      const deployment = objects.find(({ kind }) => kind === 'Deployment');
      const rendered = mapAt(deployment, 'spec', 'strategy');
      const surge = at(rendered, 'rollingUpdate', 'maxSurge');
      if (textAt(rendered, 'type') !== 'RollingUpdate' || surge === 0 || surge === '0%')
        return pass('The old pod is stopped first.');
      if (mode === 'ReadWriteMany') return pass('Several pods may use the volume.');
      return warn('updateStrategy RollingUpdate cannot hand over a single-writer volume.', {
        evidence: [
          `updateStrategy.type: ${type ?? 'RollingUpdate'}`,
          `claim ${claimOfDeployment(objects)}: ${mode}`,
        ],
        remedies: [
          {
            text: 'Leave the strategy to the chart, which then uses Recreate.',
            changes: [{ path: ['updateStrategy'], value: undefined }],
          },
        ],
      });
    },
  },
  {
    id: 'XV-305',
    category: 'storage',
    title: 'Data outlives the pod',
    why: 'Without a volume or an external backend, queued work, pipelines and traces are lost with the pod.',
    reads:
      'dispatch.backend, persistence, replicaCount; context and namespace names that look like production',
    rules: ['D22'],
    applies: ({ values: { dispatch } }) => ['memory', 'raft'].includes(dispatch.backend),
    needs: () => [],
    run: ({ values, target }) => {
      const { backend } = values.dispatch;
      if (!looksLikeProduction([target.context, target.namespace]))
        return pass('Neither context nor namespace looks like production.');
      const where = `context ${target.context}, namespace ${target.namespace}`;
      if (backend === 'raft') {
        if (values.replicaCount !== 1) return pass('Raft keeps work on several volumes.');
        return warn('One raft replica in production: its volume is the only copy.', {
          evidence: [where, 'dispatch.backend: raft; replicaCount: 1'],
          remedies: [{ text: 'Run three.', changes: [{ path: ['replicaCount'], value: 3 }] }],
        });
      }
      const { enabled, accessMode } = values.persistence;
      const { most } = replicaRange(values);
      if (enabled && (most <= 1 || accessMode === 'ReadWriteMany'))
        return pass('/data is on a volume.');
      return warn('This looks like production, but work is kept in memory only.', {
        evidence: [
          where,
          `dispatch.backend: memory; persistence.enabled: ${enabled}${enabled ? `, which ${most} replicas cannot share` : ''}`,
        ],
        remedies: [
          {
            text: 'Keep /data on a volume. The queue itself stays in memory.',
            changes: [
              { path: ['persistence', 'enabled'], value: true },
              ...(replicaRange(values).most > 1 ? [{ path: ['replicaCount'], value: 1 }] : []),
            ],
          },
          { text: 'Or keep work outside the pod: --backend raft, redis or nats.' },
        ],
      });
    },
  },
  {
    id: 'XV-308',
    category: 'storage',
    title: 'One StorageClass is the default',
    why: 'If several classes are marked as the default, Kubernetes uses the newest. The volumes may come from another class than you expect.',
    reads: 'storage.class or persistence.storageClass; which StorageClasses are the default',
    rules: ['D07'],
    applies: ({ values }) => {
      const path = classPath(values);
      return path !== undefined && getNode(values as never, path) === '';
    },
    needs: () => ['storageClasses'],
    run: ({ values, facts }) =>
      withFact(facts, 'storageClasses', 'the StorageClasses', (classes) => {
        const usual = classes.filter(({ isDefault }) => isDefault).map(({ name }) => name);
        const [first] = usual;
        // Of none XV-301 tells.
        if (first === undefined || usual.length === 1)
          return pass(first ? `It is ${first}.` : 'None is the default.');
        return warn(`${usual.length} StorageClasses are the default; the newest is used.`, {
          evidence: usual.map((name) => `StorageClass ${name}: is-default-class: true`),
          remedies: [
            {
              text: `Name the class: ${usual.join(' or ')}.`,
              changes: [{ path: classPath(values) ?? [], value: first }],
            },
            {
              text: 'Or ask a cluster admin to mark only one, for example with',
              command: `kubectl annotate storageclass ${usual.at(-1)} storageclass.kubernetes.io/is-default-class-`,
            },
          ],
        });
      }),
  },
];

/** Name of the claim that the pods of the Deployment mount as /data; empty where they do not. */
function claimOfDeployment(objects: CheckInput['objects']): string {
  const deployment = objects.find(({ kind }) => kind === 'Deployment');
  const data = listAt(deployment, 'spec', 'template', 'spec', 'volumes').find(
    (volume) => textAt(volume, 'name') === 'data',
  );
  return textAt(data, 'persistentVolumeClaim', 'claimName');
}
