import * as z from 'zod/mini';
import { section, value } from './documented.ts';
import { object, optionalName, stringMap, whole } from './formats.ts';

/** A number that KEDA takes as text, with or without quotes. */
const threshold = z.union([
  z.string().check(z.regex(/^[0-9]+(\.[0-9]+)?$/)),
  z.number().check(z.gte(0)),
]);
const optionalCount = z.union([whole(0), z.string().check(z.regex(/^[0-9]*$/))]);

const authentication = (what: string, example: Record<string, string>) =>
  section(`How KEDA logs in to ${what}. None of it is in the ScaledObject.`, {
    existingSecret: value(
      optionalName,
      '',
      "Name of a Secret in the release's namespace; a TriggerAuthentication is created for it.",
    ),
    secretKeys: value(
      z.record(z.string(), z.string().check(z.minLength(1))),
      {},
      "Keys of that Secret by the parameter of KEDA's trigger that they hold.",
      example,
    ),
    authenticationRef: value(
      z.strictObject({
        name: z.optional(z.string()),
        kind: z.optional(z.enum(['TriggerAuthentication', 'ClusterTriggerAuthentication'])),
      }),
      {},
      'Your own TriggerAuthentication or ClusterTriggerAuthentication, instead of the Secret.',
      { name: 'platform', kind: 'ClusterTriggerAuthentication' },
    ),
  });

const prometheusTrigger = (what: string, metric: string, fallback: string) =>
  section(`Prometheus trigger on ${what}.`, {
    enabled: value(z.boolean(), false, `Scale on ${what}.`),
    serverAddress: value(
      z.string(),
      'http://prometheus-server.monitoring.svc.cluster.local',
      'URL of Prometheus.',
    ),
    threshold: value(threshold, fallback, `Number of ${what} for each replica.`),
    activationThreshold: value(threshold, 0, 'Number above which a release at zero is woken.'),
    query: value(
      z.string(),
      '',
      `PromQL that returns one number. Empty, or ${metric} alone: its sum over the pods of this release.`,
      `sum(${metric}{namespace="xerv"}) or vector(0)`,
    ),
  });

const resourceTrigger = (what: string) =>
  section(`Trigger on ${what} use.`, {
    enabled: value(z.boolean(), false, `Scale on ${what} use.`),
    threshold: value(threshold, '80', `Average ${what} use, in percent of the request.`),
  });

const metadata = value(
  stringMap,
  {},
  "More of the trigger's metadata, as KEDA has it; wins over the chart's.",
);

const backendTriggers = {
  redisStreams: section('Trigger on the work in Redis Streams, with backend redis.', {
    enabled: value(
      z.boolean(),
      true,
      'Scale on the stream. Without it nothing wakes XERV at zero.',
    ),
    type: value(
      z.enum(['redis-streams', 'redis-cluster-streams', 'redis-sentinel-streams']),
      'redis-streams',
      'Kind of Redis.',
    ),
    address: value(
      z.string(),
      '',
      'Host and port as KEDA reaches them. Empty: from dispatch.redis.url. Needed if that URL is in a Secret.',
      'redis.data.svc.cluster.local:6379',
    ),
    stream: value(
      z.string().check(z.minLength(1)),
      'xerv:dispatch:traces',
      'Stream that XERV writes to.',
    ),
    lagCount: value(whole(1), 10, 'Waiting entries per replica. Needs Redis 7 or newer.'),
    activationLagCount: value(whole(0), 0, 'Entries above which a release at zero is woken.'),
    metadata,
    authentication: authentication('Redis', { username: 'username', password: 'password' }),
  }),
  natsJetstream: section('Trigger on the work in NATS JetStream, with backend nats.', {
    enabled: value(
      z.boolean(),
      true,
      'Scale on the stream. Without it, and without a consumer, nothing wakes XERV at zero.',
    ),
    monitoringEndpoint: value(
      z.string(),
      '',
      'Host and port of the monitoring server of NATS. Empty: port 8222 on the host of dispatch.nats.url. Needed if that URL is in a Secret.',
      'nats.data.svc.cluster.local:8222',
    ),
    consumer: value(
      z.string(),
      '',
      'Durable consumer that the replicas share. Empty: no trigger, since XERV 0.1.0 names a new consumer at each start.',
    ),
    account: value(z.string().check(z.minLength(1)), '$G', 'NATS account.'),
    lagThreshold: value(whole(1), 10, 'Waiting messages per replica.'),
    activationLagThreshold: value(whole(0), 0, 'Messages above which a release at zero is woken.'),
    metadata,
    authentication: authentication('NATS', { natsServerMonitoringEndpoint: 'endpoint' }),
  }),
};

/** Scaling by KEDA. */
export const keda = {
  keda: section(
    'KEDA ScaledObject. It then sets the number of replicas, instead of replicaCount. Not created for raft, whose members are fixed, or beside autoscaling.enabled.',
    {
      enabled: value(
        z.boolean(),
        false,
        'Create a ScaledObject. The upgrade that first turns it on may leave one replica until KEDA acts.',
      ),
      annotations: value(stringMap, {}, 'Annotations for the ScaledObject.', {
        'autoscaling.keda.sh/paused': 'true',
      }),
      minReplicaCount: value(
        whole(0),
        0,
        'Minimum replicas; 0 for scale-to-zero. If nothing outside the pods could wake XERV (backend memory, or no trigger but its own metrics, CPU and memory), 1 stays.',
      ),
      maxReplicaCount: value(
        whole(1),
        10,
        'Maximum replicas. If it is below the minimum, the minimum is used for both.',
      ),
      idleReplicaCount: value(
        optionalCount,
        '',
        'Replicas while no trigger is active, below minReplicaCount; KEDA takes 0 only. Empty: minReplicaCount.',
      ),
      cooldownPeriod: value(
        whole(0),
        300,
        'Seconds without an active trigger before the release is scaled to zero.',
      ),
      initialCooldownPeriod: value(
        whole(0),
        0,
        'The same after the ScaledObject was created, so that an install can settle.',
      ),
      pollingInterval: value(whole(1), 30, 'Seconds between checks of the triggers.'),
      fallback: section(
        'What happens while the triggers cannot be read. Omitted where KEDA cannot use it (triggers on CPU and memory only).',
        {
          enabled: value(z.boolean(), true, 'Fall back to a fixed number of replicas.'),
          replicas: value(whole(0), 1, 'That number; at most maxReplicaCount.'),
          failureThreshold: value(whole(0), 3, 'Failed checks after which it is used.'),
          behavior: value(
            z.enum([
              'static',
              'currentReplicas',
              'currentReplicasIfHigher',
              'currentReplicasIfLower',
            ]),
            'static',
            'static: that number. The others keep the current number (KEDA 2.17 and newer).',
          ),
        },
      ),
      prometheus: section('What both Prometheus triggers share.', {
        authModes: value(
          z.string().check(z.regex(/^((apiKey|basic|bearer|custom|oauth|tls)(,|$))*$/)),
          '',
          'How KEDA logs in: bearer, basic, tls, custom, several with commas between them. Empty: not at all.',
        ),
        metadata,
        authentication: authentication('Prometheus', { bearerToken: 'token' }),
      }),
      triggers: section('What replicas are scaled on.', {
        pendingTraces: prometheusTrigger('pending traces', 'xerv_dispatch_queue_depth', '50'),
        activeTraces: prometheusTrigger('active traces', 'xerv_active_traces', '100'),
        ...backendTriggers,
        cpu: resourceTrigger('CPU'),
        memory: resourceTrigger('memory'),
        cron: value(
          z.array(
            z.strictObject({
              timezone: z.string().check(z.minLength(1)),
              start: z.string().check(z.minLength(1)),
              end: z.string().check(z.minLength(1)),
              desiredReplicas: whole(1),
            }),
          ),
          [],
          'Hours with a number of replicas.',
          [
            {
              timezone: 'Europe/Berlin',
              start: '0 8 * * 1-5',
              end: '0 18 * * 1-5',
              desiredReplicas: 3,
            },
          ],
        ),
      }),
      extraTriggers: value(
        z.array(
          z.looseObject({
            type: z.string().check(z.minLength(1)),
            metadata: z.optional(stringMap),
          }),
        ),
        [],
        "More of KEDA's triggers.",
        [
          {
            type: 'kafka',
            metadata: {
              bootstrapServers: 'kafka.data.svc:9092',
              consumerGroup: 'xerv',
              topic: 'work',
              lagThreshold: '50',
            },
          },
        ],
      ),
      advanced: value(
        object,
        {},
        'advanced of the ScaledObject: behavior and name of its HorizontalPodAutoscaler, scaling modifiers.',
        {
          horizontalPodAutoscalerConfig: {
            behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
          },
        },
      ),
    },
  ),
};
