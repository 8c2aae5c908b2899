import * as z from 'zod/mini';
import { section, value } from './documented.ts';
import {
  duration,
  imageDigest,
  imageTag,
  optionalImageRepository,
  port,
  whole,
} from './formats.ts';

const route = z.looseObject({
  name: z.string().check(z.minLength(1)),
  condition: z.looseObject({
    method: z.optional(z.string()),
    pathRegex: z.optional(z.string()),
  }),
  isRetryable: z.optional(z.boolean()),
  timeout: z.optional(duration),
});

/** The first route that matches a request counts. */
const routes = [
  {
    name: 'GET /api/v1/health',
    condition: { method: 'GET', pathRegex: '/api/v1/health' },
    isRetryable: true,
    timeout: '5s',
  },
  // These may take long: no timeout.
  {
    name: 'logs and streams',
    condition: { pathRegex: '/api/v1/(logs(/.*)?|traces/[^/]+/stream)' },
  },
  {
    name: 'GET /api/v1',
    condition: { method: 'GET', pathRegex: '/api/v1/.*' },
    isRetryable: true,
    timeout: '30s',
  },
  {
    name: 'HEAD /api/v1',
    condition: { method: 'HEAD', pathRegex: '/api/v1/.*' },
    isRetryable: true,
    timeout: '30s',
  },
  { name: '/api/v1', condition: { pathRegex: '/api/v1/.*' }, timeout: '30s' },
];

/** Used with provider linkerd. */
export const linkerd = section('Used with provider linkerd.', {
  injection: section('The proxy, asked for with annotations of the pods.', {
    enabled: value(
      z.boolean(),
      true,
      'Annotate the pods so that they get a proxy, whether or not the namespace is annotated.',
    ),
    bypassNats: value(
      z.boolean(),
      true,
      'Let connections to NATS bypass the proxy. In NATS the server speaks first, so the proxy would wait ten seconds. Turn it off if NATS is in the mesh and its Service has the annotation config.linkerd.io/opaque-ports.',
    ),
    opaquePorts: value(
      z.array(port),
      [],
      "Ports of the pods that are not HTTP, in place of Linkerd's list, such as one of a flow's own.",
      [4222],
    ),
  }),
  serviceProfile: section('Routes of the API, with their retries and timeouts.', {
    enabled: value(
      z.boolean(),
      true,
      'Create a ServiceProfile, and one for the Service of the raft peers. Linkerd would not split traffic where there is one: with trafficSplit it is left out for the API.',
    ),
    routes: value(
      z.array(route),
      routes,
      'Routes, as a ServiceProfile has them; the first that matches counts. Only GET and HEAD are retried, since a second POST is a second trace. A method of "*" means every method.',
    ),
    retryBudget: section('Budget of retries.', {
      retryRatio: value(z.number().check(z.gte(0)), 0.2, 'Share of the requests.'),
      minRetriesPerSecond: value(whole(0), 10, 'So many in any case.'),
      ttl: value(duration, '10s', 'Time over which the requests are counted.'),
    }),
  }),
  trafficSplit: section(
    'A canary: a second workload, beside the stable one, that gets a part of the requests. Not created for raft, whose members are fixed.',
    {
      enabled: value(
        z.boolean(),
        false,
        'Create the canary and an HTTPRoute (gateway.networking.k8s.io/v1) that splits the requests; where the cluster serves only the older TrafficSplit, that.',
      ),
      canary: section('The canary.', {
        stableWeight: value(whole(0, 1_000_000), 900, 'Weight of the stable workload.'),
        canaryWeight: value(whole(0, 1_000_000), 100, 'Weight of the canary.'),
        canarySuffix: value(
          z.string().check(z.maxLength(20), z.regex(/^(-[a-z0-9]+)+$/)),
          '-canary',
          "Suffix of the names of the canary's Deployment and Service.",
        ),
        replicas: value(whole(0), 1, 'Replicas of the canary. Each has its own scratch space.'),
        image: section("The canary's image; empty fields are taken from image.", {
          repository: value(optionalImageRepository, '', 'Image repository, with its registry.'),
          tag: value(imageTag, '', 'Image tag.', '0.2.0'),
          digest: value(imageDigest, '', 'Image digest (sha256:…).'),
        }),
      }),
    },
  ),
});
