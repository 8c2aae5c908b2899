import * as z from 'zod/mini';
import { section, value } from './documented.ts';
import { port, stringMap, strings, whole } from './formats.ts';

/** What Kubernetes takes as the name of a port. */
const portName = z
  .string()
  .check(z.maxLength(15), z.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/), z.regex(/[a-z]/));

const extraPort = z.strictObject({
  name: portName,
  port,
  targetPort: z.optional(port),
  protocol: z.optional(z.enum(['TCP', 'UDP', 'SCTP'])),
  appProtocol: z.optional(z.string()),
  nodePort: z.optional(whole(0, 65_535)),
});

/** How clients reach the API. */
export const service = {
  service: section('The Service in front of the API. The API has no authentication of its own.', {
    type: value(z.enum(['ClusterIP', 'NodePort', 'LoadBalancer']), 'ClusterIP', 'Service type.'),
    annotations: value(stringMap, {}, 'Annotations for the Service.'),
    labels: value(stringMap, {}, 'Labels for the Service.'),
    clusterIP: value(
      z.string().check(z.regex(/^(None|[0-9a-fA-F.:]*)$/)),
      '',
      'Address of the Service, or None. Empty: Kubernetes chooses one. Cannot be changed later.',
    ),
    externalIPs: value(
      strings,
      [],
      'Addresses of nodes on which the Service answers too. Deprecated by Kubernetes 1.36.',
      ['192.0.2.10'],
    ),
    nodePort: value(
      whole(0, 65_535),
      0,
      'Port on the nodes for types NodePort and LoadBalancer. 0: Kubernetes chooses one.',
    ),
    loadBalancerClass: value(
      z.string(),
      '',
      'Class of the load balancer. Cannot be changed later.',
    ),
    loadBalancerIP: value(
      z.string(),
      '',
      'Address of the load balancer, where its controller still reads this field.',
    ),
    allocateLoadBalancerNodePorts: value(
      z.boolean(),
      true,
      'Whether a load balancer gets ports on the nodes; some need none.',
    ),
    loadBalancerSourceRanges: value(strings, [], 'Address ranges that a load balancer lets in.', [
      '10.0.0.0/8',
    ]),
    externalTrafficPolicy: value(
      z.enum(['', 'Cluster', 'Local']),
      '',
      "Where traffic from outside goes. Local keeps the client's address. Empty: left to Kubernetes.",
    ),
    internalTrafficPolicy: value(
      z.enum(['', 'Cluster', 'Local']),
      '',
      'Where traffic from inside the cluster goes. Local: to pods on the same node only.',
    ),
    trafficDistribution: value(
      z.enum(['', 'PreferClose', 'PreferSameZone', 'PreferSameNode']),
      '',
      'Which pods are preferred: PreferClose (Kubernetes 1.31 to 1.34), PreferSameZone or PreferSameNode (newer). Empty: all alike.',
    ),
    publishNotReadyAddresses: value(
      z.boolean(),
      false,
      'Send requests to pods that are not ready too.',
    ),
    appProtocol: value(
      z.string(),
      '',
      'Protocol of the API port, for meshes and load balancers that look at it.',
      'http',
    ),
    sessionAffinity: value(
      z.enum(['', 'ClientIP', 'None']),
      '',
      'Whether a client keeps its pod. Empty: ClientIP with several replicas, since only the pod that a pipeline was posted to knows it.',
    ),
    sessionAffinityTimeoutSeconds: value(
      whole(1, 86_400),
      10_800,
      'Seconds for which an idle client keeps its pod, with sessionAffinity ClientIP.',
    ),
    ipFamilyPolicy: value(
      z.enum(['', 'SingleStack', 'PreferDualStack', 'RequireDualStack']),
      '',
      'IP families of the Services. Empty: left to Kubernetes.',
    ),
    ipFamilies: value(
      z.array(z.enum(['IPv4', 'IPv6'])),
      [],
      'IP families in order of preference. Empty: left to Kubernetes.',
    ),
  }),
  extraPorts: value(
    z.array(extraPort),
    [],
    "More ports of the container and the Service, such as those at which triggers of a flow listen; targetPort is the container's, where it is another one. A NetworkPolicy admits the same clients there as at the API.",
    [{ name: 'hooks', port: 8081, targetPort: 8081, protocol: 'TCP', appProtocol: 'http' }],
  ),
};
