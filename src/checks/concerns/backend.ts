import { findCredentials } from '../../values/credentials.ts';
import { printPath } from '../../values/path.ts';
import { replicaRange, scalerOf } from '../../values/scale.ts';
import { getNode } from '../../values/tree.ts';
import type { Check, CheckInput, Remedy } from '../types.ts';
import { fail, pass, warn } from '../verdicts.ts';

const oneReplica: Remedy = {
  text: 'Run one replica.',
  changes: [{ path: ['replicaCount'], value: 1 }],
};
const shareWork: Remedy = {
  text: 'Or let the replicas share their work: --backend raft, redis or nats.',
};

/** Image that XERV publishes: its features are those of the default build. */
export const publicImage = 'ghcr.io/ml-rust/xerv';

const backendOf = (input: Pick<CheckInput, 'values'>) => input.values.dispatch.backend;

/** The dispatch backend and what it asks of the other choices. */
export const backendChecks: readonly Check[] = [
  {
    id: 'XV-203',
    category: 'backend',
    title: 'Replicas with the memory backend do not need each other',
    why: 'With the memory backend each replica has its own queue and pipelines: a client that reaches another pod finds neither its pipeline nor its trace.',
    reads: 'dispatch.backend, replicaCount, the maximum of an autoscaler',
    rules: ['D01'],
    applies: (input) => backendOf(input) === 'memory',
    needs: () => [],
    run: ({ values }) => {
      const { most } = replicaRange(values);
      if (most <= 1) return pass('There is one replica.');
      const scaler = scalerOf(values);
      const off = { keda: ['keda', 'enabled'], hpa: ['autoscaling', 'enabled'] };
      return fail(`${most} replicas with the memory backend do not know about each other.`, {
        evidence: [
          scaler
            ? `dispatch.backend: memory; ${off[scaler].join('.')}: true, at most ${most} replicas`
            : `dispatch.backend: memory; replicaCount: ${most}`,
        ],
        remedies: [
          scaler
            ? {
                text: 'Run one replica, without the autoscaler.',
                changes: [
                  { path: off[scaler], value: false },
                  { path: ['replicaCount'], value: 1 },
                ],
              }
            : oneReplica,
          shareWork,
        ],
      });
    },
  },
  {
    id: 'XV-204',
    category: 'backend',
    title: 'Work is kept while no replica runs',
    why: 'The memory backend keeps its queue in the process. Scaled to zero, all of it is lost, and nothing would wake XERV again.',
    reads: 'dispatch.backend, keda.enabled, keda.minReplicaCount',
    rules: ['D02'],
    applies: (input) => backendOf(input) === 'memory' && input.values.keda.enabled,
    needs: () => [],
    run: ({ values }) =>
      values.keda.minReplicaCount > 0
        ? pass('At least one replica stays.')
        : fail('With the memory backend XERV cannot be scaled to zero.', {
            evidence: ['dispatch.backend: memory; keda.minReplicaCount: 0'],
            remedies: [
              {
                text: 'Keep one replica.',
                changes: [{ path: ['keda', 'minReplicaCount'], value: 1 }],
              },
              { text: 'Or keep the work outside: --backend redis or nats.' },
            ],
          }),
  },
  {
    id: 'XV-206',
    category: 'backend',
    title: 'The backend does not change',
    why: 'A new backend does not take over the work of the old one: queued work, and with raft its volumes, are left behind, and every pod is replaced.',
    reads: 'dispatch.backend, live and wanted',
    rules: ['D16'],
    wantsTyping: 'always',
    applies: ({ live }) => live !== undefined,
    needs: () => [],
    run: ({ live, values }) => {
      const before = getNode(live, ['dispatch', 'backend']) ?? 'memory';
      const after = values.dispatch.backend;
      if (before === after) return pass(`The backend stays ${after}.`);
      return warn(`The backend changes from ${before} to ${after}; queued work does not move.`, {
        evidence: [`dispatch.backend: ${before} in the live release, ${after} wanted`],
        remedies: [
          {
            text: 'Let queued work finish first, and back up the data. The existing claims are kept.',
          },
        ],
      });
    },
  },
  {
    id: 'XV-207',
    category: 'backend',
    title: 'The values hold no password',
    why: 'Values end up in helm’s release record and in the pod specs, where everyone who may read those can see them.',
    reads: 'every value you set: URLs with a password, environment variables named like a secret',
    rules: ['D18'],
    applies: () => true,
    needs: () => [],
    run: ({ given }) => {
      const found = findCredentials(given);
      if (found.length === 0) return pass('None was found.');
      return warn(`The values hold ${found.length === 1 ? 'a password' : 'passwords'}.`, {
        evidence: found.map(({ path, kind }) =>
          kind === 'url' ? `${printPath(path)}: a URL with a password` : printPath(path),
        ),
        remedies: [
          {
            text: 'Put it into a Secret and refer to it with valueFrom.secretKeyRef or extraEnvFrom.',
          },
        ],
      });
    },
  },
  {
    id: 'XV-208',
    category: 'backend',
    title: 'The server’s certificate can be verified',
    why: 'With rediss:// and tls:// XERV verifies the certificate against the CAs in its image. A private CA must be mounted, or the connection fails.',
    reads: 'dispatch.redis.url, dispatch.nats.url, extraEnv (SSL_CERT_FILE, SSL_CERT_DIR)',
    rules: ['D19'],
    applies: ({ values }) => /^(rediss|tls|wss):/.test(urlOf(values)),
    needs: () => [],
    run: ({ values }) => {
      const names = values.extraEnv.map(({ name }) => name);
      const given = names.find((name) => name === 'SSL_CERT_FILE' || name === 'SSL_CERT_DIR');
      if (given) return pass(`${given} is set.`);
      return warn('The connection is encrypted, but no private CA is mounted.', {
        evidence: [
          `the URL starts with ${urlOf(values).split('://')[0]}://`,
          'extraEnv: no SSL_CERT_FILE',
        ],
        remedies: [
          {
            text: 'If a private CA signed the certificate: mount the CA (extraVolumes, extraVolumeMounts) and set SSL_CERT_FILE in extraEnv.',
          },
        ],
      });
    },
  },
  {
    id: 'XV-210',
    category: 'backend',
    title: 'The image supports the backend',
    why: 'The images that XERV 0.1.0 publishes are built without raft, redis and nats. They log “falling back to memory” and run, each replica on its own.',
    reads: 'dispatch.backend, image.repository',
    rules: [],
    applies: (input) => backendOf(input) !== 'memory',
    needs: () => [],
    run: ({ values }) =>
      values.image.repository === publicImage
        ? warn(
            `The public image is built without ${values.dispatch.backend} and falls back to memory.`,
            {
              evidence: [`image.repository: ${publicImage}`],
              remedies: [
                {
                  text: `Use an image that was built with ${values.dispatch.backend}: --image REPOSITORY:TAG`,
                },
              ],
            },
          )
        : pass(`${values.image.repository} is your own image.`),
  },
];

function urlOf({ dispatch }: CheckInput['values']): string {
  if (dispatch.backend === 'redis') return dispatch.redis.url;
  return dispatch.backend === 'nats' ? dispatch.nats.url : '';
}
