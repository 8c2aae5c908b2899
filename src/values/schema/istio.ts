import * as z from 'zod/mini';
import { section, value } from './documented.ts';
import { duration, objects, optionalName, port, strings, whole } from './formats.ts';
import { trafficPolicy } from './istio-traffic-policy.ts';

const mtlsMode = z.enum(['UNSET', 'DISABLE', 'PERMISSIVE', 'STRICT']);

/** Used with provider istio. */
export const istio = section('Used with provider istio.', {
  injection: section('The sidecar, asked for with labels of the pods.', {
    enabled: value(
      z.boolean(),
      true,
      'Label the pods so that they get a sidecar, whether or not the namespace is labelled.',
    ),
    revision: value(
      optionalName,
      '',
      'Revision or revision tag of the control plane (label istio.io/rev). Empty: the default one.',
      '1-30-3',
    ),
    bypassNats: value(
      z.boolean(),
      true,
      'Let connections to NATS inside the cluster bypass the sidecar. In NATS the server speaks first, so a sidecar that must detect the protocol waits. Turn it off if NATS is in the mesh and its Service says that the port is TCP (appProtocol: tcp, or a port name that starts with tcp-).',
    ),
  }),
  ambient: section('Ambient mode, which has no sidecars.', {
    enabled: value(
      z.boolean(),
      false,
      'Add the pods to the mesh without a sidecar (label istio.io/dataplane-mode), whatever injection says. DestinationRule and VirtualService then need a waypoint, which the label istio.io/use-waypoint in service.labels chooses.',
    ),
  }),
  destinationRule: section('How callers in the mesh connect to XERV.', {
    enabled: value(
      z.boolean(),
      true,
      'Create a DestinationRule, and one for the Service of the raft peers.',
    ),
    trafficPolicy,
    tlsMode: value(
      z.enum(['', 'DISABLE', 'SIMPLE', 'MUTUAL', 'ISTIO_MUTUAL']),
      'ISTIO_MUTUAL',
      'TLS mode. Empty: what Istio finds the pods to have. ISTIO_MUTUAL is left to Istio too where the chart adds no sidecar: callers would speak TLS to pods that may not understand it.',
    ),
  }),
  virtualService: section('How requests to the API are routed in the mesh.', {
    enabled: value(z.boolean(), true, 'Create a VirtualService.'),
    hosts: value(
      strings,
      [],
      "Host names for the gateways. The Service's own name is always one of the hosts.",
      ['xerv.example.com'],
    ),
    gateways: value(
      strings,
      [],
      'Gateways through which the API is published, as namespace/name. The mesh itself is always one. Metrics are not published. The API has no authentication of its own.',
      ['istio-ingress/public'],
    ),
    timeout: value(
      duration,
      '30s',
      'Time for a request with its retries. Requests for logs and streams of traces may take longer. Empty: no limit.',
    ),
    retries: section('Retries after a failure.', {
      attempts: value(whole(0), 3, 'How often. 0: never.'),
      perTryTimeout: value(duration, '10s', 'Time for each try. Empty: that of the request.'),
      retryOn: value(
        z.union([z.string(), strings]),
        'connect-failure,refused-stream,unavailable,cancelled,retriable-4xx,5xx',
        'Conditions on which GET and HEAD are retried. Other methods are retried only if the server cannot have seen the request (connect-failure,refused-stream), since a second POST is a second trace.',
      ),
    }),
  }),
  peerAuthentication: section('Which connections the pods accept.', {
    enabled: value(z.boolean(), true, 'Create a PeerAuthentication.'),
    mtls: value(
      mtlsMode,
      'STRICT',
      'STRICT: from the mesh only. A load balancer, an ingress controller or a Prometheus outside it then cannot connect; metrics stay readable at port 15020, where the sidecar serves them too.',
    ),
    portLevelMtls: value(
      z.record(z.string().check(z.regex(/^[0-9]{1,5}$/)), z.strictObject({ mode: mtlsMode })),
      {},
      'Exceptions by port of the pods.',
      { '8080': { mode: 'PERMISSIVE' } },
    ),
  }),
  authorizationPolicy: section('Who may call XERV.', {
    enabled: value(z.boolean(), false, 'Create an AuthorizationPolicy.'),
    action: value(z.enum(['ALLOW', 'DENY', 'AUDIT']), 'ALLOW', 'What its rules do.'),
    rules: value(
      objects,
      [],
      'Rules, as Istio has them. With action ALLOW, no rules mean that nothing may call XERV; the raft peers may always call each other.',
      [{ from: [{ source: { namespaces: ['frontend'] } }] }],
    ),
  }),
  serviceEntry: section('What XERV reaches outside the cluster.', {
    enabled: value(
      z.boolean(),
      true,
      'Create a ServiceEntry if the URL of the backend or of the traces leads out of the cluster, or hosts is set. A mesh that allows registered traffic only needs it.',
    ),
    hosts: value(
      z.array(z.strictObject({ host: z.string().check(z.minLength(1)), port })),
      [],
      'More hosts and ports, such as those of a URL in a Secret, which the chart cannot read.',
      [{ host: 'redis.example.com', port: 6380 }],
    ),
  }),
});
