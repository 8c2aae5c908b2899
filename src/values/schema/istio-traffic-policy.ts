import * as z from 'zod/mini';
import { openSection, value } from './documented.ts';
import { duration, whole } from './formats.ts';

/** The trafficPolicy of the DestinationRule: known keys have defaults, others pass through. */
export const trafficPolicy = openSection(
  'A trafficPolicy as a DestinationRule (networking.istio.io/v1) has it; every key of that is taken over.',
  {
    connectionPool: openSection('Limits of the connections.', {
      tcp: openSection('Limits of all connections. They hold for the raft peers too.', {
        maxConnections: value(whole(1), 100, 'Connections to a pod.'),
      }),
      http: openSection('Limits of HTTP. Raft peers speak gRPC: nothing of this is for them.', {
        h2UpgradePolicy: value(
          z.enum(['DEFAULT', 'DO_NOT_UPGRADE', 'UPGRADE']),
          'UPGRADE',
          'Whether requests between sidecars become HTTP/2.',
        ),
        http1MaxPendingRequests: value(whole(1), 100, 'Requests that wait for a connection.'),
        http2MaxRequests: value(whole(1), 1000, 'Requests at the same time.'),
      }),
    }),
    loadBalancer: openSection('Which pod gets a request.', {
      simple: value(
        z.enum([
          'UNSPECIFIED',
          'LEAST_CONN',
          'RANDOM',
          'PASSTHROUGH',
          'ROUND_ROBIN',
          'LEAST_REQUEST',
        ]),
        'ROUND_ROBIN',
        'Load balancing. Omitted if consistentHash is set.',
      ),
      localityLbSetting: openSection('Preference for pods that are near.', {
        enabled: value(
          z.boolean(),
          true,
          'Prefer pods of the same zone. Others take over only with outlierDetection, which is therefore never left out.',
        ),
      }),
    }),
    outlierDetection: openSection('When a pod is taken out of the load balancing.', {
      consecutive5xxErrors: value(whole(0), 5, 'After so many errors in a row.'),
      interval: value(duration, '30s', 'Time between checks.'),
      baseEjectionTime: value(duration, '30s', 'For how long at least.'),
      maxEjectionPercent: value(whole(0, 100), 50, 'So many percent of the pods at most.'),
    }),
  },
);
