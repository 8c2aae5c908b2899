import { parseQuantity } from '../../values/quantity.ts';
import { replicaRange } from '../../values/scale.ts';
import { getNode } from '../../values/tree.ts';
import { bytesText } from '../fit/amounts.ts';
import type { Check, CheckInput, Verdict } from '../types.ts';
import { fail, pass, skip, warn, withFact } from '../verdicts.ts';

/** The size of the volumes, and what is to have room there. */
export const volumeSizeChecks: readonly Check[] = [
  {
    id: 'XV-306',
    category: 'storage',
    title: 'Running traces have enough disk space',
    why: 'Each running trace takes a 16 MiB file on /data. If they fill the volume, XERV fails; if they exceed the ephemeral storage limit, the pod is evicted.',
    reads:
      'executor.maxConcurrentTraces; the size of the volume or the existing claim, or resources.limits.ephemeral-storage',
    rules: ['D23'],
    applies: () => true,
    needs: ({ values }) => (ownClaim(values) === '' ? [] : ['claims']),
    run: judgeTraces,
  },
  {
    id: 'XV-307',
    category: 'storage',
    title: 'The volumes can grow',
    why: 'Only a StorageClass with allowVolumeExpansion lets a claim grow. With any other class a larger volume means a new one, and the data must be moved.',
    reads: 'claim sizes, live and wanted; their StorageClasses',
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
                text: 'Or allow it in the class, if its driver supports it:',
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
  if (claim !== '' && size === undefined) return skip(`Could not read the size of claim ${claim}.`);
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
  if (!room) return pass('Scratch space is limited only by the node.', { evidence: [arithmetic] });
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
