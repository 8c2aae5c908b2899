import * as z from 'zod/mini';
import { section, value } from './documented.ts';
import { stringMap, strings, whole } from './formats.ts';

/** How clients reach the API. */
export const service = {
  service: section('The Service in front of the API. The API has no authentication of its own.', {
    type: value(z.enum(['ClusterIP', 'NodePort', 'LoadBalancer']), 'ClusterIP', 'Service type.'),
    annotations: value(stringMap, {}, 'Annotations for the Service.'),
    labels: value(stringMap, {}, 'Labels for the Service.'),
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
    loadBalancerSourceRanges: value(strings, [], 'Address ranges that a load balancer lets in.', [
      '10.0.0.0/8',
    ]),
    externalTrafficPolicy: value(
      z.enum(['', 'Cluster', 'Local']),
      '',
      "Where traffic from outside goes. Local keeps the client's address. Empty: left to Kubernetes.",
    ),
    sessionAffinity: value(
      z.enum(['', 'ClientIP', 'None']),
      '',
      'Whether a client keeps its pod. Empty: ClientIP with several replicas, since a pipeline is known only to the pod that it was posted to.',
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
};
