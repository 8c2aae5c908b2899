import * as z from 'zod/mini';
import { section, value } from './documented.ts';
import { optionalName, whole } from './formats.ts';

/** The four ways in which replicas can share their work. */
export const backends = ['memory', 'raft', 'redis', 'nats'] as const;

const secretKey = z.string().check(z.regex(/^[-._a-zA-Z0-9]+$/));

const secretOf = (what: string) => ({
  existingSecret: value(
    optionalName,
    '',
    `Name of a Secret in the release's namespace that holds the ${what} URL; replaces url. Use it if the URL has a password.`,
  ),
  existingSecretKey: value(secretKey, 'url', 'Key of that Secret that holds the URL.'),
});

/** How work is dispatched to the replicas. */
export const dispatch = {
  dispatch: section(
    'How work reaches the replicas. XERV 0.1.0 images are built without raft, redis and nats: they log a warning and fall back to memory.',
    {
      backend: value(
        z.enum(backends),
        'memory',
        'Backend type: memory (one process, queued work is lost on a restart), raft (replicated inside XERV, on volumes), redis or nats (stateless replicas on your own queue).',
      ),
      raft: section('Used with backend raft.', {
        electionTimeoutMs: value(
          whole(1),
          1000,
          'Milliseconds without a heartbeat after which a new leader is elected; more than twice the heartbeat interval. Not read by XERV 0.1.0.',
        ),
        heartbeatIntervalMs: value(
          whole(1),
          100,
          "Milliseconds between the leader's heartbeats. Not read by XERV 0.1.0.",
        ),
      }),
      redis: section('Used with backend redis.', {
        url: value(
          z.string(),
          '',
          'Redis connection URL (redis:// or rediss://). One with a password is put into a Secret of the release.',
          'redis://redis:6379',
        ),
        ...secretOf('Redis'),
        useStreams: value(z.boolean(), true, 'Use Redis Streams. Not read by XERV 0.1.0.'),
        poolSize: value(
          whole(1),
          10,
          'Connections that each replica keeps open. Not read by XERV 0.1.0.',
        ),
        consumerGroup: value(
          z.string().check(z.minLength(1)),
          'xerv-workers',
          'Consumer group that the replicas share. Not read by XERV 0.1.0.',
        ),
      }),
      nats: section('Used with backend nats.', {
        url: value(
          z.string(),
          '',
          'NATS connection URL (nats://, tls://, ws:// or wss://), or several with commas between them. One with a password is put into a Secret of the release.',
          'nats://nats:4222',
        ),
        ...secretOf('NATS'),
        useJetstream: value(z.boolean(), true, 'Use JetStream. Not read by XERV 0.1.0.'),
        streamName: value(
          z.string().check(z.minLength(1)),
          'XERV_TRACES',
          'JetStream stream that holds the work. Not read by XERV 0.1.0.',
        ),
      }),
    },
  ),
};
