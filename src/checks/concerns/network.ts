import { type Door, doorsOf } from '../doors.ts';
import { listAt } from '../fit/read.ts';
import { isInjected, isIstioInjected } from '../mesh.ts';
import type { Check, CheckInput, Verdict } from '../types.ts';
import { pass, warn } from '../verdicts.ts';

/**
 * Annotations by which ingress controllers are told to ask who calls. Sources: the pages on
 * authentication of ingress-nginx, Traefik, HAProxy, the AWS load balancer controller and Kong.
 */
const authAnnotations =
  /^(nginx\.ingress\.kubernetes\.io\/auth-(url|type|secret|tls-secret)|traefik\.ingress\.kubernetes\.io\/router\.middlewares|haproxy(-ingress)?\.(org|github\.io)\/auth-.*|alb\.ingress\.kubernetes\.io\/auth-type|konghq\.com\/plugins)$/;
/** Ranges of addresses that leave nobody out. */
const everybody = ['0.0.0.0/0', '::/0'];
const clientAddress = 'sidecar.istio.io/interceptionMode';

/** Who can reach the API, and what XERV sees of them. */
export const networkChecks: readonly Check[] = [
  {
    id: 'XV-701',
    category: 'network',
    title: 'Access from outside is authenticated',
    why: 'XERV’s API has no authentication of its own: anyone who reaches it can start, read and delete everything.',
    reads:
      'Ingress, HTTPRoute, Istio gateways and the Service type; authentication annotations; address ranges; AuthorizationPolicy',
    rules: ['D77'],
    wantsTyping: {
      changing: ['Ingress', 'HTTPRoute', 'Service', 'VirtualService', 'AuthorizationPolicy'],
    },
    applies: () => true,
    needs: () => [],
    run: (input) => {
      const doors = doorsOf(input.objects);
      const open = doors.filter((door) => !isGuarded(input, door));
      if (open.length === 0)
        return pass(
          doors.length === 0
            ? 'The API cannot be reached from outside the cluster.'
            : 'Every way in from outside is guarded.',
          { evidence: doors.map(({ text }) => text) },
        );
      return warn('Anyone outside the cluster who reaches the API has full access.', {
        evidence: open.map(({ text }) => `${text}: no authentication`),
        remedies: [
          {
            text: 'Authenticate callers in front of XERV, for example with oauth2-proxy (ingress.annotations), or allow known addresses only (service.loadBalancerSourceRanges).',
          },
        ],
      });
    },
  },
  {
    id: 'XV-705',
    category: 'network',
    title: 'XERV tells its clients apart',
    why: 'Each pod limits a client address to 20 requests per second and answers more with 429. Behind a proxy, an ingress controller or a gateway all clients of a pod share one address.',
    reads: 'the mesh and its mode; Ingress and HTTPRoute; podAnnotations',
    rules: ['D56'],
    applies: ({ values, objects }) =>
      isInjected(values) || doorsOf(objects).some(({ kind }) => kind !== 'Service'),
    needs: () => [],
    run: ({ values, objects }) => judgeClients(values, objects),
  },
];

function judgeClients(values: CheckInput['values'], objects: CheckInput['objects']): Verdict {
  const isTransparent =
    isIstioInjected(values) && values.podAnnotations[clientAddress] === 'TPROXY';
  const doors = doorsOf(objects).filter(({ kind }) => kind !== 'Service');
  const evidence = [
    ...(isInjected(values) && !isTransparent
      ? [`serviceMesh.provider: ${values.serviceMesh.provider}, with a proxy in the pod`]
      : []),
    ...doors.map(({ text }) => text),
  ];
  if (evidence.length === 0)
    return pass('The sidecar preserves client addresses.', {
      evidence: [`podAnnotations: ${clientAddress}: TPROXY`],
    });
  return warn(
    'All clients of a pod share one address, and more than 20 requests per second get 429.',
    {
      evidence,
      remedies: [
        ...(isIstioInjected(values) && !isTransparent
          ? [
              {
                text: 'Let the sidecar preserve client addresses.',
                changes: [{ path: ['podAnnotations', clientAddress], value: 'TPROXY' }],
              },
            ]
          : []),
        { text: 'If you expect more, run more replicas: each pod counts separately.' },
      ],
    },
  );
}

function isGuarded({ values }: CheckInput, { kind, object }: Door): boolean {
  if (isGuardedByIstio(values)) return true;
  if (kind === 'Ingress')
    return Object.keys(object.metadata.annotations).some((key) => authAnnotations.test(key));
  const ranges = values.service.loadBalancerSourceRanges;
  return (
    kind === 'Service' &&
    values.service.type === 'LoadBalancer' &&
    ranges.length > 0 &&
    !ranges.some((range) => everybody.includes(range))
  );
}

/**
 * Whether only callers that a rule names come in. Without rules ALLOW lets nobody in, and DENY
 * everybody. Source: https://istio.io/latest/docs/reference/config/security/authorization-policy/
 */
function isGuardedByIstio({ serviceMesh }: CheckInput['values']): boolean {
  const { enabled, action, rules } = serviceMesh.istio.authorizationPolicy;
  if (!serviceMesh.enabled || serviceMesh.provider !== 'istio' || !enabled) return false;
  return (
    (action === 'ALLOW' && rules.every(asksWhoCalls)) ||
    (action === 'DENY' && rules.some(asksWhoCalls))
  );
}

/** Of a rule that has neither, anybody may be the caller. */
function asksWhoCalls(rule: object): boolean {
  return listAt(rule, 'from').length > 0 || listAt(rule, 'when').length > 0;
}
