import { describe, expect, test } from 'vitest';
import {
  type Connection,
  isAllowed,
  type NetworkPolicy,
  type Peer,
} from '../../support/network-policy.ts';

const pod = { namespace: 'team', labels: { app: 'a' }, ports: { http: 8080 } };
const selectsPod = { podSelector: { matchLabels: { app: 'a' } } };
const policy = (spec: object): NetworkPolicy => ({
  metadata: { namespace: 'team' },
  spec: { ...selectsPod, policyTypes: ['Ingress', 'Egress'], ...spec } as NetworkPolicy['spec'],
});
const into = (peer: Peer, port = 8080): Connection => ({ direction: 'in', pod, peer, port });
const monitoring = { namespace: 'monitoring', labels: { app: 'prometheus' } };
const neighbour = { namespace: 'team', labels: { app: 'prometheus' } };

const selector = (name: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});
const prometheus = { podSelector: { matchLabels: { app: 'prometheus' } } };

test('a pod that no policy selects is free', () => {
  const other = policy({ podSelector: { matchLabels: { app: 'b' } } });
  const elsewhere = { ...policy({}), metadata: { namespace: 'other' } };
  const outgoing = policy({ policyTypes: ['Egress'] });
  expect(isAllowed([other, elsewhere, outgoing], into(monitoring))).toBe(true);
  expect(isAllowed([other, policy({})], into(monitoring))).toBe(false);
});

describe('peers', () => {
  test('two selectors in one peer: both must fit', () => {
    const rule = { from: [{ ...selector('monitoring'), ...prometheus }] };
    expect(isAllowed([policy({ ingress: [rule] })], into(monitoring))).toBe(true);
    expect(isAllowed([policy({ ingress: [rule] })], into(neighbour))).toBe(false);
    expect(isAllowed([policy({ ingress: [rule] })], into({ namespace: 'monitoring' }))).toBe(false);
  });

  test('two peers with one selector each: one must fit, and pods are those of the own namespace', () => {
    const rule = { from: [selector('monitoring'), prometheus] };
    expect(isAllowed([policy({ ingress: [rule] })], into({ namespace: 'monitoring' }))).toBe(true);
    expect(isAllowed([policy({ ingress: [rule] })], into(neighbour))).toBe(true);
    expect(isAllowed([policy({ ingress: [rule] })], into({ ...neighbour, namespace: 'x' }))).toBe(
      false,
    );
  });

  test('a label of a namespace that it does not have', () => {
    const rule = { from: [{ namespaceSelector: { matchLabels: { name: 'monitoring' } } }] };
    expect(isAllowed([policy({ ingress: [rule] })], into(monitoring))).toBe(false);
    const labelled = { ...monitoring, namespaceLabels: { name: 'monitoring' } };
    expect(isAllowed([policy({ ingress: [rule] })], into(labelled))).toBe(true);
  });

  test('expressions', () => {
    const allows = (operator: string, values?: string[]) =>
      isAllowed(
        [
          policy({
            ingress: [
              {
                from: [{ podSelector: { matchExpressions: [{ key: 'app', operator, values }] } }],
              },
            ],
          }),
        ],
        into(neighbour),
      );
    expect(allows('In', ['x', 'prometheus'])).toBe(true);
    expect(allows('NotIn', ['prometheus'])).toBe(false);
    expect(allows('Exists')).toBe(true);
    expect(allows('DoesNotExist')).toBe(false);
  });

  test.each([
    ['10.1.2.3', true],
    ['10.9.2.3', false],
    ['11.1.2.3', false],
    ['fd00::1', true],
    ['fe00::1', false],
  ])('address %s', (address, expected) => {
    const from = [
      { ipBlock: { cidr: '10.0.0.0/8', except: ['10.9.0.0/16'] } },
      { ipBlock: { cidr: 'fd00::/8' } },
    ];
    expect(isAllowed([policy({ ingress: [{ from }] })], into({ address }))).toBe(expected);
    expect(isAllowed([policy({ ingress: [{ from }] })], into(neighbour))).toBe(false);
  });

  test('no peers: everybody; no rules: nobody', () => {
    expect(isAllowed([policy({ ingress: [{}] })], into({ address: '1.2.3.4' }))).toBe(true);
    expect(isAllowed([policy({ ingress: [] })], into(neighbour))).toBe(false);
  });
});

test.each([
  [{ port: 8080 }, true],
  [{ port: 8000 }, false],
  [{ port: 8000, endPort: 9000 }, true],
  [{ port: 'http' }, true],
  [{ port: 'grpc' }, false],
  [{ port: 8080, protocol: 'UDP' }, false],
  [{ protocol: 'TCP' }, true],
])('port %j', (port, expected) => {
  expect(isAllowed([policy({ ingress: [{ ports: [port] }] })], into(neighbour))).toBe(expected);
});

test('out of the pod it is the egress rules that count', () => {
  const rules = policy({ ingress: [{}], egress: [{ ports: [{ port: 53, protocol: 'UDP' }] }] });
  const out = { direction: 'out', pod, peer: neighbour, port: 53 } as const;
  expect(isAllowed([rules], { ...out, protocol: 'UDP' })).toBe(true);
  expect(isAllowed([rules], out)).toBe(false);
});
