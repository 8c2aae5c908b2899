import * as z from 'zod/mini';
import { section, value } from './documented.ts';
import { objects, port, stringMap } from './formats.ts';

const namespaces = z.array(
  z.string().check(z.maxLength(63), z.regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/)),
);
const ranges = z.array(z.string().check(z.regex(/^[0-9a-fA-F.:]+\/[0-9]{1,3}$/)));

const podLabels = value(
  stringMap,
  {},
  'Labels of the pods there that are meant. Empty: all pods of those namespaces.',
);

const rulePorts = { ports: z.optional(objects) };
const ingressRules = z.array(z.strictObject({ from: z.optional(objects), ...rulePorts }));
const egressRules = z.array(z.strictObject({ to: z.optional(objects), ...rulePorts }));

/** Who may talk to the pods, and they to whom. */
export const networkPolicy = {
  networkPolicy: section(
    'NetworkPolicy for the pods of this release. It lets through what the backend, the raft peers, the mesh, the metrics, the traces, DNS and the way in from outside need, and nothing else. It works if the network plugin enforces such policies. Namespaces are found by the label kubernetes.io/metadata.name, which each has.',
    {
      enabled: value(z.boolean(), false, 'Create a NetworkPolicy.'),
      labels: value(stringMap, {}, 'Labels for the NetworkPolicy.'),
      annotations: value(stringMap, {}, 'Annotations for the NetworkPolicy.'),
      ingress: value(
        ingressRules,
        [],
        'Additional rules for connections to the pods, as a NetworkPolicy has them.',
        [
          {
            from: [
              { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'frontend' } } },
            ],
            ports: [{ protocol: 'TCP', port: 8080 }],
          },
        ],
      ),
      egress: value(
        egressRules,
        [],
        'Additional rules for connections from the pods, as a NetworkPolicy has them, such as to what the flows call.',
        [
          {
            to: [{ ipBlock: { cidr: '10.0.0.0/8' } }],
            ports: [{ protocol: 'TCP', port: 443 }],
          },
        ],
      ),
      clients: section('Who may call the API and the extraPorts.', {
        namespaces: value(namespaces, [], 'Namespaces of clients. Empty: none.', ['frontend']),
        podLabels,
      }),
      ingressController: section(
        'Where requests from outside come from. Let in with ingress, httpRoute or gateways of Istio.',
        {
          namespaces: value(
            namespaces,
            [],
            'Namespaces of the ingress controller or of the pods of the Gateway. Empty: the usual one of ingress.className, and those of the Gateways in httpRoute.parentRefs.',
            ['ingress-nginx'],
          ),
          podLabels,
        },
      ),
      prometheus: section('Who may read the metrics.', {
        namespaces: value(namespaces, ['monitoring'], 'Namespaces of Prometheus.'),
        podLabels,
      }),
      keda: section(
        'KEDA, let in where one of keda.extraTriggers asks XERV itself (metrics-api).',
        {
          namespaces: value(namespaces, ['keda'], 'Namespaces of KEDA.'),
          podLabels,
        },
      ),
      mesh: section('Control plane of the service mesh.', {
        namespaces: value(
          namespaces,
          [],
          'Namespaces of the control plane. Empty: istio-system, or linkerd and linkerd-viz.',
          ['istio-system'],
        ),
      }),
      dns: section('Where names are looked up.', {
        namespaces: value(
          namespaces,
          ['kube-system', 'openshift-dns'],
          'Namespaces of the DNS server.',
        ),
        podLabels,
        cidrs: value(
          ranges,
          ['169.254.20.10/32'],
          'Addresses of DNS servers that are not pods, such as NodeLocal DNSCache. With kube-proxy in iptables mode the cache has the address of the Service kube-dns too.',
        ),
        ports: value(
          z.array(port),
          [53, 5353],
          'Ports, for UDP and TCP. On OpenShift the pods listen on 5353.',
        ),
      }),
      backendServers: section(
        'Redis or NATS, besides what their URL says. Each host of the URL is let through: an address as it is; Service and Service.namespace as those namespaces; any other name by its port alone, to every address.',
        {
          namespaces: value(namespaces, [], 'Namespaces of the backend.', ['data']),
          podLabels,
          cidrs: value(ranges, [], 'Addresses of the backend.', ['10.20.0.0/16']),
          ports: value(
            z.array(port),
            [],
            'Ports of the pods or servers of the backend. Needed where the port of the Service is another one, or where the URL is in a Secret and the port not 6379 (redis) or 4222 (nats).',
            [6380],
          ),
        },
      ),
    },
  ),
};
