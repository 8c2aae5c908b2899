import * as z from 'zod/mini';
import { section, value } from './documented.ts';
import { objects, port, stringMap, strings } from './formats.ts';

const pathType = z.enum(['Exact', 'Prefix', 'ImplementationSpecific']);
const path = z.string().check(z.regex(/^\//));
const portOrName = z.union([port, z.string().check(z.minLength(1))]);

const host = z.union([
  z.string().check(z.minLength(1)),
  z.strictObject({
    host: z.optional(z.string()),
    paths: z.optional(
      z.array(
        z.union([
          path,
          z.strictObject({
            path: z.optional(path),
            pathType: z.optional(pathType),
            port: z.optional(portOrName),
          }),
        ]),
      ),
    ),
  }),
]);

/** A length of time as the Gateway API writes it. */
const gatewayDuration = z.string().check(z.regex(/^(([0-9]{1,5}(h|m|s|ms)){1,4})?$/));

/** Ways to the API from outside the cluster. */
export const ingress = {
  ingress: section(
    'Ingress in front of the API. The API has no authentication of its own: let the controller require it. /api/v1/metrics is reachable too, since an Ingress cannot exclude a path.',
    {
      enabled: value(z.boolean(), false, 'Create an Ingress.'),
      className: value(z.string(), '', 'Ingress class. Empty: the default one of the cluster.'),
      labels: value(stringMap, {}, 'Labels for the Ingress.'),
      annotations: value(stringMap, {}, 'Annotations for the Ingress.', {
        'cert-manager.io/cluster-issuer': 'letsencrypt',
      }),
      path: value(path, '/', 'Path of hosts that name none.'),
      pathType: value(pathType, 'Prefix', 'Path type of paths that have none.'),
      hosts: value(
        z.array(host),
        [],
        "Host names, or maps with host and paths; a path is a text or a map with path, pathType and port, the Service's port by number or name. Empty: any host name.",
        [
          'xerv.example.com',
          { host: 'hooks.example.com', paths: [{ path: '/', pathType: 'Prefix', port: 'hooks' }] },
        ],
      ),
      tls: value(objects, [], 'TLS, as an Ingress has it.', [
        { secretName: 'xerv-tls', hosts: ['xerv.example.com'] },
      ]),
    },
  ),
  httpRoute: section(
    'HTTPRoute (gateway.networking.k8s.io/v1) from a Gateway to the API. The API has no authentication of its own: let the Gateway require it.',
    {
      enabled: value(z.boolean(), false, 'Create an HTTPRoute.'),
      labels: value(stringMap, {}, 'Labels for the HTTPRoute.'),
      annotations: value(stringMap, {}, 'Annotations for the HTTPRoute.'),
      parentRefs: value(objects, [], 'Gateways to attach to. Without one nothing is published.', [
        { name: 'public', namespace: 'gateways', sectionName: 'https' },
      ]),
      hostnames: value(strings, [], 'Host names. Empty: those of the listener.', [
        'xerv.example.com',
      ]),
      matches: value(
        objects,
        [{ path: { type: 'PathPrefix', value: '/' } }],
        'Requests that go to the API.',
      ),
      filters: value(objects, [], 'Filters for them, as an HTTPRoute has them.', [
        {
          type: 'RequestHeaderModifier',
          requestHeaderModifier: { set: [{ name: 'X-Forwarded-Prefix', value: '/' }] },
        },
      ]),
      timeouts: section('Timeouts for them. Logs and streams of traces would be cut too.', {
        request: value(gatewayDuration, '', 'For the whole request. Empty: that of the Gateway.'),
        backendRequest: value(gatewayDuration, '', "For XERV's answer. Empty: none."),
      }),
      hideMetrics: value(
        z.boolean(),
        true,
        'Do not publish /api/v1/metrics: a rule without a backend, which Gateways answer with an error.',
      ),
      extraRules: value(
        objects,
        [],
        "More rules, as an HTTPRoute has them; one without backendRefs and redirect goes to the Service's port http.",
        [
          {
            matches: [{ path: { type: 'PathPrefix', value: '/hooks' } }],
            backendRefs: [{ name: 'xerv', port: 8081 }],
          },
        ],
      ),
    },
  ),
};
