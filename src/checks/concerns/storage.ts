import { parseQuantity } from '../../values/quantity.ts';
import { replicaRange } from '../../values/scale.ts';
import { getNode } from '../../values/tree.ts';
import { bytesText } from '../fit/amounts.ts';
import { at, listAt, mapAt, textAt } from '../fit/read.ts';
import { looksLikeProduction } from '../production.ts';
import { classPath } from '../storage-class.ts';
import type { Check, CheckInput, Remedy, Verdict } from '../types.ts';
import { fail, pass, skip, warn, withFact } from '../verdicts.ts';

/** ReadWriteOncePod is stable since 1.29, and was off by default before 1.27. */
const onePodMinor = 29;
const oneWriter = ['ReadWriteOnce', 'ReadWriteOncePod'];

/** Volumes and the classes that make them. */
export const storageChecks: readonly Check[] = [
  {
    id: 'XV-302',
    category: 'storage',
    title: 'A raft replica has its volume for itself',
    why: 'Each raft replica writes to a volume of its own. A mode for many writers asks the storage for something that nobody uses, and many classes cannot give it.',
    reads: 'storage.accessMode; the version of Kubernetes',
    rules: ['D08'],
    applies: ({ values }) => values.dispatch.backend === 'raft',
    needs: ({ values }) => (values.storage.accessMode === 'ReadWriteOncePod' ? ['server'] : []),
    run: ({ values, facts: { server } }) => {
      const mode = values.storage.accessMode;
      if (mode === 'ReadWriteOncePod' && server?.state === 'known') {
        const { minor, gitVersion } = server.value;
        if (minor < onePodMinor)
          return warn(`Kubernetes ${gitVersion} does not surely know ReadWriteOncePod.`, {
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
    title: 'What is to be kept has a volume',
    why: 'XERV locks its log, so a volume that one pod writes to cannot serve several. With several replicas the chart uses scratch space instead, which goes with the pod.',
    reads: 'persistence, replicaCount or the maximum of an autoscaler',
    rules: ['D20'],
    applies: ({ values }) => values.dispatch.backend !== 'raft' && values.persistence.enabled,
    needs: () => [],
    run: ({ values }) => {
      const { most } = replicaRange(values);
      const mode = values.persistence.accessMode;
      if (most <= 1) return pass('One replica has the volume.');
      if (mode === 'ReadWriteMany') return pass('Each replica has a directory of its own.');
      return warn(
        `persistence is not followed: ${most} replicas cannot share a ${mode} volume, and use scratch space.`,
        {
          evidence: [
            `persistence.enabled: true; persistence.accessMode: ${mode}; up to ${most} replicas`,
          ],
          remedies: [
            {
              text: 'Say so in the values.',
              changes: [{ path: ['persistence', 'enabled'], value: false }],
            },
            {
              text: 'Or use a class for many writers: persistence.accessMode ReadWriteMany, with a storageClass that can.',
            },
          ],
        },
      );
    },
  },
  {
    id: 'XV-304',
    category: 'storage',
    title: 'An upgrade lets go of the volume first',
    why: 'A rolling update starts the new pod while the old one still has the volume: the new one waits for it for ever, and the old one stays until the new one is ready.',
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
        return pass('The old pod goes first.');
      if (mode === 'ReadWriteMany') return pass('Several pods may have the volume.');
      return warn('updateStrategy RollingUpdate cannot hand over a volume that one pod has.', {
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
    title: 'Something is kept when a pod goes',
    why: 'Without a volume and without a backend outside, queued work, pipelines and traces go with the pod.',
    reads:
      'dispatch.backend, persistence, replicaCount; the names of context and namespace, which tell of production',
    rules: ['D22'],
    applies: ({ values: { dispatch } }) => ['memory', 'raft'].includes(dispatch.backend),
    needs: () => [],
    run: ({ values, target }) => {
      const { backend } = values.dispatch;
      if (!looksLikeProduction([target.context, target.namespace]))
        return pass('Neither context nor namespace sounds like production.');
      const where = `context ${target.context}, namespace ${target.namespace}`;
      if (backend === 'raft') {
        if (values.replicaCount !== 1) return pass('Raft keeps its work on several volumes.');
        return warn('One raft replica in production: its volume is the only copy.', {
          evidence: [where, 'dispatch.backend: raft; replicaCount: 1'],
          remedies: [{ text: 'Run three.', changes: [{ path: ['replicaCount'], value: 3 }] }],
        });
      }
      const { enabled, accessMode } = values.persistence;
      const { most } = replicaRange(values);
      if (enabled && (most <= 1 || accessMode === 'ReadWriteMany'))
        return pass('/data is on a volume.');
      return warn('Nothing is kept: this is production, and work lives in memory.', {
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
          { text: 'Or keep the work outside of the pods: --backend raft, redis or nats.' },
        ],
      });
    },
  },
  {
    id: 'XV-306',
    category: 'storage',
    title: 'The running traces have room',
    why: 'Each trace that runs takes a file of 16 MiB on /data. Where they fill the volume, XERV fails; where they pass the limit of ephemeral storage, the pod is evicted.',
    reads:
      'executor.maxConcurrentTraces; the size of the volume or of the claim that is there, or resources.limits.ephemeral-storage',
    rules: ['D23'],
    applies: () => true,
    needs: ({ values }) => (ownClaim(values) === '' ? [] : ['claims']),
    run: judgeTraces,
  },
  {
    id: 'XV-308',
    category: 'storage',
    title: 'It is plain which StorageClass makes the volumes',
    why: 'Of several classes that are marked as the default, Kubernetes takes the newest one. The volumes may come from another class than you think.',
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
        return warn(`${usual.length} StorageClasses are the default; the newest is taken.`, {
          evidence: usual.map((name) => `StorageClass ${name}: is-default-class: true`),
          remedies: [
            {
              text: `Name the class: ${usual.join(' or ')}.`,
              changes: [{ path: classPath(values) ?? [], value: first }],
            },
            {
              text: 'Or have whoever runs the cluster mark one only, such as by',
              command: `kubectl annotate storageclass ${usual.at(-1)} storageclass.kubernetes.io/is-default-class-`,
            },
          ],
        });
      }),
  },
  {
    id: 'XV-307',
    category: 'storage',
    title: 'The volumes can grow',
    why: 'Only a StorageClass with allowVolumeExpansion lets a claim grow. Of another class a larger volume means a new one, and the data has to be moved.',
    reads: 'sizes of the claims, live and wanted; their StorageClasses',
    rules: ['D15'],
    applies: ({ live }) => live !== undefined,
    needs: () => ['claims', 'storageClasses'],
    run: (input) =>
      withFact(input.facts, 'claims', 'the claims', (claims) => {
        const { path, size } = dataVolume(input) ?? {};
        if (!path || !size) return pass('There is no volume.');
        const growing = claims.filter((claim) => parseQuantity(claim.size) < parseQuantity(size));
        if (growing.length === 0) return pass('No volume grows.');
        return withFact(input.facts, 'storageClasses', 'the StorageClasses', (classes) => {
          const stuck = growing.flatMap((claim) => {
            const found = classes.find(({ name }) => name === claim.storageClass);
            return found?.allowVolumeExpansion ? [] : [{ claim, isKnown: found !== undefined }];
          });
          const [first] = stuck;
          if (!first) return pass('Their classes let them grow.');
          const largest = growing.reduce((one, other) =>
            parseQuantity(one.size) >= parseQuantity(other.size) ? one : other,
          );
          return fail(`The volumes cannot grow to ${size}.`, {
            evidence: stuck.map(
              ({ claim, isKnown }) =>
                `claim ${claim.name}: ${claim.size}, StorageClass ${claim.storageClass || '(none)'}: ${isKnown ? 'allowVolumeExpansion: false' : 'not there'}`,
            ),
            remedies: [
              {
                text: `Leave them at ${largest.size}.`,
                changes: [{ path, value: largest.size }],
              },
              {
                text: 'Or have the class allow it, where its driver can:',
                command: `kubectl patch storageclass ${first.claim.storageClass} -p '{"allowVolumeExpansion":true}'`,
              },
            ],
          });
        });
      }),
  },
];

/** Bytes of the file that each running trace takes. Source: arena/writer.rs of XERV 0.1.0. */
const bytesOfTrace = 16 * 2 ** 20;

/** The value that sets the size of /data; undefined where it is scratch space or somebody's claim. */
function dataVolume({ values }: Pick<CheckInput, 'values'>) {
  if (values.dispatch.backend === 'raft')
    return { path: ['storage', 'size'], size: String(values.storage.size) };
  const { enabled, existingClaim, accessMode, size } = values.persistence;
  const { most } = replicaRange(values);
  if (!enabled || existingClaim || (most > 1 && accessMode !== 'ReadWriteMany')) return undefined;
  return { path: ['persistence', 'size'], size: String(size) };
}

interface Room {
  readonly words: string;
  /** The value that sets it; undefined where none does. */
  readonly path: readonly string[] | undefined;
  readonly of: string;
}

/** Name of a claim of the user's that becomes /data; empty where none does. */
function ownClaim(values: CheckInput['values']): string {
  const { enabled, existingClaim } = values.persistence;
  return values.dispatch.backend !== 'raft' && enabled && replicaRange(values).most <= 1
    ? existingClaim
    : '';
}

function judgeTraces(input: CheckInput): Verdict {
  const { values, effective } = input;
  const traces = values.executor.maxConcurrentTraces;
  const needed = traces * bytesOfTrace;
  const volume = dataVolume(input);
  const limit = getNode(effective, ['resources', 'limits', 'ephemeral-storage']);
  const claim = ownClaim(values);
  const claims = input.facts.claims?.state === 'known' ? input.facts.claims.value : [];
  const size = claims.find(({ name }) => name === claim)?.size;
  if (claim !== '' && size === undefined)
    return skip(`How large claim ${claim} is could not be seen.`);
  const room: Room | undefined = volume
    ? { words: `${volume.path.join('.')}: ${volume.size}`, path: volume.path, of: volume.size }
    : size !== undefined
      ? { words: `claim ${claim}: ${size}`, path: undefined, of: size }
      : limit !== undefined && limit !== null
        ? {
            words: `resources.limits.ephemeral-storage: ${limit}`,
            path: ['resources', 'limits', 'ephemeral-storage'],
            of: String(limit),
          }
        : undefined;
  const arithmetic = `executor.maxConcurrentTraces: ${traces} × 16Mi = ${bytesText(needed)}`;
  if (!room) return pass('Scratch space has no limit but the node’s.', { evidence: [arithmetic] });
  const bytes = parseQuantity(room.of);
  // Several replicas share one volume for many writers.
  const sharing = volume?.path[0] === 'persistence' ? replicaRange(values).most : 1;
  if (needed * sharing < bytes) return pass('They do.', { evidence: [arithmetic, room.words] });
  const fitting = Math.max(1, Math.floor((bytes * 0.9) / sharing / bytesOfTrace));
  return warn(
    `${traces} traces take ${bytesText(needed * sharing)}, and ${room.path?.join('.') ?? `claim ${claim}`} is ${room.of}.`,
    {
      evidence: [arithmetic, room.words],
      remedies: [
        ...(room.path
          ? [
              {
                text: `Make room for ${bytesText(needed * sharing * 1.25)}.`,
                changes: [{ path: room.path, value: bytesText(needed * sharing * 1.25) }],
              },
            ]
          : []),
        {
          text: `${room.path ? 'Or run' : 'Run'} at most ${fitting} traces at once.`,
          changes: [{ path: ['executor', 'maxConcurrentTraces'], value: fitting }],
        },
      ],
    },
  );
}

/** Name of the claim that the pods of the Deployment mount as /data; empty where they do not. */
function claimOfDeployment(objects: CheckInput['objects']): string {
  const deployment = objects.find(({ kind }) => kind === 'Deployment');
  const data = listAt(deployment, 'spec', 'template', 'spec', 'volumes').find(
    (volume) => textAt(volume, 'name') === 'data',
  );
  return textAt(data, 'persistentVolumeClaim', 'claimName');
}
