import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Finding } from '../../src/checks/types.ts';
import {
  daemonSet,
  deployment,
  istio,
  linkerd,
  namespaceObject,
  podRule,
  serviceObject,
  webhookObject,
} from '../support/add-ons.ts';
import {
  describeCluster,
  eventually,
  kubectl,
  makeNamespace,
  type SharedCluster,
} from '../support/cluster.ts';
import { ensureCrds } from '../support/crds.ts';
import { applyObjects } from '../support/facts.ts';
import { findingsOf, openWorkplace } from '../support/on-cluster.ts';
import { useOwnCluster } from '../support/own-cluster.ts';

type Labels = Readonly<Record<string, string>>;

const set = (...values: string[]) => values.flatMap((one) => ['--set', one]);
const withIstio = ['--preset', 'istio'];
const withLinkerd = ['--preset', 'linkerd'];
const canary = set('serviceMesh.linkerd.trafficSplit.enabled=true');
const istioAmbient = ['ztunnel', 'istio-cni-node'].map((name) =>
  daemonSet({ namespace: 'istio-system', name, image: `istio/${name}:1.30.4` }),
);

// The tests follow each other on one cluster, to which more and more is added.
describeCluster('checks of meshes and networks on the API server', (shared) => {
  let cluster: SharedCluster;
  useOwnCluster(shared, (own) => {
    cluster = own;
  });

  const run = async (...args: string[]) => {
    const { code, stderr } = await kubectl(cluster, args);
    if (code !== 0) throw new Error(stderr);
  };

  /** What `check` finds in a namespace with these labels. */
  const check = async (
    args: readonly string[],
    labels: Labels = {},
    annotations: Labels = {},
  ): Promise<readonly Finding[]> => {
    const namespace = await makeNamespace(cluster, labels);
    if (Object.keys(annotations).length > 0)
      await applyObjects(cluster, [namespaceObject(namespace, labels, annotations)]);
    const place = await openWorkplace(cluster, namespace);
    return findingsOf(await place.run(['check', ...args, '-o', 'json']));
  };
  const one = async (id: string, ...args: Parameters<typeof check>) =>
    (await check(...args)).filter((finding) => finding.check === id);
  const worst = (findings: readonly Finding[]) =>
    findings.filter(({ status }) => status === 'fail' || status === 'warn');
  const ready = (namespace: string, names: readonly string[]) =>
    eventually(async () => {
      const { stdout } = await kubectl(cluster, [
        ...['-n', namespace, 'get', 'deployment', ...names],
        ...['-o', 'jsonpath={range .items[*]}{.status.readyReplicas}{end}{.status.readyReplicas}'],
      ]);
      return stdout === '1'.repeat(names.length) ? true : undefined;
    }, 30_000);

  describe('where there is nothing', () => {
    test('Istio and Linkerd are missed', async () => {
      expect(await one('XV-501', withIstio)).toMatchObject([
        { status: 'fail', message: 'Istio is not installed.' },
      ]);
      expect(await one('XV-520', withLinkerd)).toMatchObject([
        { status: 'fail', message: 'Linkerd is not installed.' },
      ]);
    });

    test('the Gateway API is missed by a canary and by an HTTPRoute', async () => {
      const [split] = await one('XV-523', [...withLinkerd, ...canary]);
      expect(split).toMatchObject({ status: 'fail' });
      expect(split?.remedies?.[0]?.command).toContain('gateway-api');
      const route = set('httpRoute.enabled=true', 'httpRoute.parentRefs[0].name=public');
      expect(await one('XV-704', route)).toMatchObject([{ status: 'fail' }]);
    });

    test('an Ingress without a class leads nowhere, and stands open', async () => {
      const findings = await check(set('ingress.enabled=true'));
      expect(findings.filter(({ check: id }) => /^XV-70[125]$/.test(id))).toMatchObject([
        { check: 'XV-701', status: 'warn' },
        { check: 'XV-702', status: 'warn' },
        { check: 'XV-705', status: 'warn' },
      ]);
    });

    test('which network plugin there is, nobody knows', async () => {
      expect(await one('XV-714', set('networkPolicy.enabled=true'))).toMatchObject([
        { status: 'unknown' },
      ]);
    });
  });

  describe('with kinds, and nobody behind them', () => {
    beforeAll(() => ensureCrds(cluster, ['istio', 'linkerd', 'gateway-api']));

    test('the control planes are missed', async () => {
      const [found] = await one('XV-501', withIstio);
      expect(found?.message).toBe('Istio’s kinds are installed, but no control plane is running.');
      expect(found?.remedies?.[0]?.command).toBe('istioctl install --set profile=default -y');
      expect(await one('XV-502', withIstio)).toMatchObject([{ status: 'skip' }]);
      expect(await one('XV-520', withLinkerd)).toMatchObject([{ status: 'fail' }]);
    });

    test('traffic can be split', async () => {
      expect(await one('XV-523', [...withLinkerd, ...canary])).toMatchObject([{ status: 'pass' }]);
    });
  });

  describe('with Istio', () => {
    beforeAll(async () => {
      await applyObjects(cluster, [...istio(), ...istio({ revision: '1-31', version: '1.31.0' })]);
      await ready('istio-system', ['istiod', 'istiod-1-31']);
    }, 60_000);

    test.each([
      ['nothing', {}, 'pass'],
      ['istio-injection=enabled', { 'istio-injection': 'enabled' }, 'pass'],
      ['a revision that is there', { 'istio.io/rev': '1-31' }, 'pass'],
      ['a revision that is gone', { 'istio.io/rev': '1-28' }, 'fail'],
      ['istio-injection=disabled', { 'istio-injection': 'disabled' }, 'fail'],
    ] as const)('a namespace labelled with %s', async (_, labels, status) => {
      expect(await one('XV-502', withIstio, labels)).toMatchObject([{ status }]);
    });

    test('what mends a namespace that is labelled wrong, mends it', async () => {
      const namespace = await makeNamespace(cluster, { 'istio.io/rev': '1-28' });
      const place = await openWorkplace(cluster, namespace);
      const look = async () =>
        findingsOf(await place.run(['check', ...withIstio, '-o', 'json'])).find(
          (finding) => finding.check === 'XV-502',
        );
      const command = (await look())?.remedies?.[0]?.command ?? '';
      expect(command).toMatch(/^kubectl label namespace \S+ istio-injection- istio\.io\/rev=/);
      await run(...command.split(' ').slice(1));
      expect(await look()).toMatchObject({ status: 'pass' });
    });

    test('Pod Security refuses the sidecar, until there is the CNI plugin; and ambient mode', async () => {
      const labels = { 'pod-security.kubernetes.io/enforce': 'baseline' };
      expect(await one('XV-541', withIstio, labels)).toMatchObject([{ status: 'fail' }]);
      const ambient = [...withIstio, ...set('serviceMesh.istio.ambient.enabled=true')];
      expect(await one('XV-503', ambient)).toMatchObject([{ status: 'fail' }]);
      await applyObjects(cluster, istioAmbient);
      expect(await one('XV-541', withIstio, labels)).toMatchObject([{ status: 'pass' }]);
      expect(await one('XV-503', ambient)).toMatchObject([{ status: 'warn' }]);
      const waypoint = { 'istio.io/use-waypoint': 'waypoint' };
      expect(await one('XV-503', ambient, waypoint)).toMatchObject([{ status: 'pass' }]);
      const mode = { 'istio.io/dataplane-mode': 'ambient' };
      expect(await one('XV-503', withIstio, mode)).toMatchObject([{ status: 'warn' }]);
    });

    test('STRICT and a load balancer', async () => {
      const balancer = [...withIstio, ...set('service.type=LoadBalancer')];
      expect(await one('XV-505', balancer)).toMatchObject([{ status: 'fail' }]);
      const open = set('serviceMesh.istio.peerAuthentication.portLevelMtls.8080.mode=PERMISSIVE');
      expect(await one('XV-505', [...balancer, ...open])).toEqual([]);
    });

    test('a control plane that is down', async () => {
      await run('-n', 'istio-system', 'scale', 'deployment/istiod', '--replicas=0');
      const found = await eventually(async () => {
        const seen = await one('XV-502', withIstio);
        return seen[0]?.status === 'fail' ? seen : undefined;
      }, 30_000);
      expect(found[0]?.message).toContain('not ready');
      await run('-n', 'istio-system', 'scale', 'deployment/istiod', '--replicas=1');
      await ready('istio-system', ['istiod']);
    }, 60_000);
  });

  describe('with Linkerd', () => {
    beforeAll(async () => {
      await applyObjects(cluster, linkerd());
      await ready('linkerd', ['linkerd-destination', 'linkerd-identity', 'linkerd-proxy-injector']);
    }, 60_000);

    test('its domain and its policy are held against the values', async () => {
      const findings = await check(withLinkerd);
      const of = (id: string) => findings.filter((finding) => finding.check === id);
      expect(of('XV-520')).toMatchObject(Array(3).fill({ status: 'pass' }));
      expect(of('XV-521')).toMatchObject([{ status: 'fail' }]);
      expect(of('XV-522')).toMatchObject([{ status: 'warn' }]);
      const mended = set('clusterDomain=cluster.test');
      expect(await one('XV-521', [...withLinkerd, ...mended])).toMatchObject([{ status: 'pass' }]);
    });

    test('two meshes in one pod', async () => {
      const annotations = { 'linkerd.io/inject': 'enabled' };
      expect(await one('XV-540', withIstio, {}, annotations)).toMatchObject([{ status: 'fail' }]);
      const labels = { 'istio-injection': 'enabled' };
      expect(await one('XV-540', withLinkerd, labels)).toMatchObject([{ status: 'fail' }]);
    });
  });

  describe('webhooks', () => {
    const guard = { test: 'guarded' };

    test('one that must be asked, with nobody behind it', async () => {
      await applyObjects(cluster, [
        namespaceObject('guard'),
        serviceObject('guard', 'guard', 443),
        webhookObject('Validating', {
          name: 'guard',
          failurePolicy: 'Fail',
          clientConfig: { service: { namespace: 'guard', name: 'guard' } },
          namespaceSelector: { matchLabels: guard },
          rules: [podRule, { ...podRule, apiGroups: ['batch'], resources: ['jobs'] }],
        }),
      ]);
      const [found] = await one('XV-107', [], guard);
      expect(found).toMatchObject({ status: 'fail' });
      expect(found?.evidence).toContain('Service guard/guard: no ready endpoint');
      expect(await one('XV-107', [])).toMatchObject([{ status: 'pass' }]);
    });

    test('and with somebody behind it, whom the API server cannot trust', async () => {
      await applyObjects(cluster, [deployment({ namespace: 'guard', name: 'guard', image: 'x' })]);
      await ready('guard', ['guard']);
      const found = await eventually(async () => {
        const seen = await one('XV-107', [], guard);
        return seen[0]?.status === 'fail' ? undefined : seen;
      });
      expect(found).toMatchObject([{ status: 'warn' }]);
      await run('delete', 'validatingwebhookconfiguration', 'guard');
    });
  });

  describe('no false alarm', () => {
    beforeAll(async () => {
      const namespace = 'kube-system';
      await applyObjects(cluster, [
        daemonSet({ namespace, name: 'calico-node', image: 'calico/node:v3.31.0' }),
        ...['frontend', 'monitoring'].map((name) => namespaceObject(name)),
        // As `linkerd install` leaves it where nothing else is said.
        ...linkerd().map((object) =>
          object.kind === 'ConfigMap' ? { ...object, data: { values: '{}' } } : object,
        ),
      ]);
    });

    test.each(['istio', 'linkerd', 'network-secure'])('%s', async (preset) => {
      const url = new URL(`../../presets/${preset}.yaml`, import.meta.url);
      const comment = (await readFile(url, 'utf8')).match(/^#.*$/gm)?.join('\n') ?? '';
      const expected = new Set(comment.match(/XV-\d+/g));
      const findings = await check(['--preset', preset]);
      expect(worst(findings).filter(({ check: id }) => !expected.has(id))).toEqual([]);
      expect(findings.filter(({ status }) => status === 'fail')).toEqual([]);
    });
  });
});
