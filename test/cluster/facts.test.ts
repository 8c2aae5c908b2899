import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FactName } from '../../src/cluster/facts/facts.ts';
import {
  configMapObject,
  daemonSet,
  istio,
  istioTag,
  keda,
  kubePrometheusStack,
  linkerd,
  namespaceObject,
  podRule,
  prometheusKind,
  vpa,
  webhookObject,
} from '../support/add-ons.ts';
import { describeCluster, eventually, kubectl } from '../support/cluster.ts';
import { ensureCrds, everyAddOn } from '../support/crds.ts';
import { applyObjects, gatheredParts, makeSubject, seeFacts } from '../support/facts.ts';
import { startOwnCluster } from '../support/own-cluster.ts';
import { startUnreliableServer } from '../support/unreliable-server.ts';

const addOnParts = ['istio', 'linkerd', 'keda', 'vpa', 'prometheusOperator', 'gateways'] as const;

// The tests follow each other on one cluster, to which more and more is added.
describeCluster('what is seen of a cluster', (shared) => {
  let cluster: Awaited<ReturnType<typeof startOwnCluster>>;
  beforeAll(async () => {
    cluster = await startOwnCluster(shared);
  });
  afterAll(() => cluster?.stop());

  const lookAt = async <Name extends FactName>(
    name: Name,
    options: Parameters<typeof seeFacts>[2] = {},
  ) => {
    const facts = await seeFacts(cluster, [name], options);
    const fact = facts[name];
    if (fact?.state !== 'known') throw new Error(`${name}: ${JSON.stringify(fact)}`);
    return fact.value;
  };
  const run = async (...args: string[]) => {
    const { code, stderr } = await kubectl(cluster, args);
    if (code !== 0) throw new Error(stderr);
  };

  describe('without any add-on', () => {
    test('an administrator sees every part', async () => {
      const facts = await seeFacts(cluster, gatheredParts);
      for (const name of gatheredParts) expect([name, facts[name]?.state]).toEqual([name, 'known']);
      expect(facts.server).toMatchObject({ value: { minor: 36, distribution: '' } });
      expect(facts.namespace).toMatchObject({ value: { exists: false, terminating: false } });
    });

    test('add-ons that are not served are known to be absent', async () => {
      const facts = await seeFacts(cluster, addOnParts, { user: 'editor' });
      for (const name of addOnParts)
        expect([name, facts[name]]).toMatchObject([
          name,
          { state: 'known', value: { served: false } },
        ]);
    });

    test('what nobody made is empty', async () => {
      const facts = await seeFacts(cluster, [
        'claims',
        'workload',
        'autoscalers',
        'grafana',
        'ingressClasses',
        'quotas',
        'limitRanges',
        'webhooks',
      ]);
      expect(facts).toEqual({
        claims: { state: 'known', value: [] },
        workload: { state: 'known', value: null },
        autoscalers: { state: 'known', value: [] },
        grafana: { state: 'known', value: [] },
        ingressClasses: { state: 'known', value: [] },
        quotas: { state: 'known', value: [] },
        limitRanges: { state: 'known', value: [] },
        webhooks: { state: 'known', value: [] },
      });
    });
  });

  describe('users', () => {
    test('who may view sees objects, and not what belongs to the cluster', async () => {
      const facts = await seeFacts(cluster, gatheredParts, {
        user: 'viewer',
        subject: makeSubject({ secrets: ['redis'], namespace: 'team-a' }),
      });
      const unseen = gatheredParts.filter((name) => facts[name]?.state === 'unknown');
      expect(unseen.sort()).toEqual(
        [
          'apiServices',
          'ingressClasses',
          'nodes',
          'priorityClasses',
          'secretNames',
          'secrets',
          'storageClasses',
          'webhooks',
        ].sort(),
      );
      for (const name of unseen) expect(facts[name]).toMatchObject({ reason: 'forbidden' });
      expect(facts.permissions).toMatchObject({
        value: {
          'get statefulsets.apps': true,
          'create statefulsets.apps': false,
          'create namespaces': false,
          'list pods': true,
        },
      });
    });

    test('who may edit one namespace may act there', async () => {
      const subject = makeSubject({ namespace: 'team-a', secrets: ['redis'] });
      const facts = await seeFacts(cluster, ['permissions', 'secrets', 'namespace', 'nodes'], {
        user: 'editor',
        subject,
      });
      expect(facts.namespace).toMatchObject({ value: { exists: true } });
      expect(facts.secrets).toMatchObject({ value: { redis: { exists: false } } });
      expect(facts.nodes).toMatchObject({ state: 'unknown', reason: 'forbidden' });
      expect(facts.permissions).toMatchObject({
        value: { 'create statefulsets.apps': true, 'create namespaces': false },
      });
      const elsewhere = await lookAt('permissions', { user: 'editor' });
      expect(elsewhere['create statefulsets.apps']).toBe(false);
    });

    test('a role bound in a namespace gives nothing beyond it', async () => {
      await run(
        'create',
        'clusterrole',
        'nodes-and-namespaces',
        '--verb=*',
        '--resource=nodes,namespaces',
      );
      await run(
        '-n',
        'team-a',
        'create',
        'rolebinding',
        'beyond',
        '--clusterrole=nodes-and-namespaces',
        '--user=editor',
      );
      const subject = makeSubject({ namespace: 'team-a' });
      const granted = await lookAt('permissions', { user: 'editor', subject });
      expect(granted['create namespaces']).toBe(false);
    });

    test('who may do everything is told so', async () => {
      expect(Object.values(await lookAt('permissions'))).not.toContain(false);
    });
  });

  describe('the namespace', () => {
    test('with quota, limits, labels and what the pods need', async () => {
      await applyObjects(cluster, [
        namespaceObject('shop', { 'pod-security.kubernetes.io/enforce': 'restricted' }),
        {
          apiVersion: 'v1',
          kind: 'ResourceQuota',
          metadata: { namespace: 'shop', name: 'small' },
          spec: { hard: { 'requests.cpu': '2', pods: '5' } },
        },
        {
          apiVersion: 'v1',
          kind: 'LimitRange',
          metadata: { namespace: 'shop', name: 'usual' },
          spec: { limits: [{ type: 'Container', max: { cpu: '1' }, default: { cpu: '500m' } }] },
        },
        {
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: { namespace: 'shop', name: 'redis' },
          stringData: { url: 'redis://:canary-password@redis', other: 'canary-password' },
        },
        configMapObject('shop', 'flows', { 'a.yaml': 'canary-content' }),
        {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { namespace: 'shop', name: 'redis' },
          spec: { selector: { app: 'none' }, ports: [{ port: 6379 }] },
        },
        {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { namespace: 'shop', name: 'outside' },
          spec: { type: 'ExternalName', externalName: 'redis.example.com' },
        },
      ]);
      const names = [
        'namespace',
        'quotas',
        'limitRanges',
        'secrets',
        'configMaps',
        'services',
      ] as const;
      const subject = makeSubject({
        namespace: 'shop',
        secrets: ['redis', 'missing'],
        configMaps: ['flows'],
        services: ['redis', 'outside', 'missing'].map((name) => ({ namespace: 'shop', name })),
      });
      const facts = await eventually(async () => {
        const seen = await seeFacts(cluster, names, { subject });
        const { quotas } = seen;
        return quotas.state === 'known' && quotas.value[0]?.used.pods !== undefined
          ? seen
          : undefined;
      });
      expect(facts).toMatchObject({
        namespace: {
          value: {
            exists: true,
            labels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
          },
        },
        quotas: {
          value: [
            { name: 'small', hard: { 'requests.cpu': '2' }, used: { pods: '0' }, scopes: [] },
          ],
        },
        limitRanges: { value: [{ limits: [{ type: 'Container', max: { cpu: '1' } }] }] },
        secrets: {
          value: {
            redis: { exists: true, type: 'Opaque', keys: ['other', 'url'] },
            missing: { exists: false, keys: [] },
          },
        },
        configMaps: { value: { flows: { exists: true, keys: ['a.yaml'] } } },
        services: {
          value: {
            'shop/redis': { exists: true, ports: [6379], readyEndpoints: 0 },
            'shop/outside': { exists: true, readyEndpoints: null },
            'shop/missing': { exists: false },
          },
        },
      });
      expect(JSON.stringify(facts)).not.toContain('canary');
    });

    test('that is being deleted says what it waits for', async () => {
      await applyObjects(cluster, [
        namespaceObject('stuck'),
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { namespace: 'stuck', name: 'held', finalizers: ['test.xerv.io/hold'] },
        },
      ]);
      await run('delete', 'namespace', 'stuck', '--wait=false');
      const seen = await eventually(async () => {
        const value = await lookAt('namespace', { subject: makeSubject({ namespace: 'stuck' }) });
        return value.conditions.length > 0 ? value : undefined;
      });
      expect(seen).toMatchObject({ exists: true, terminating: true });
      expect(seen.conditions.join()).toContain('test.xerv.io/hold');
    });
  });

  describe('storage', () => {
    const marked = async () =>
      (await lookAt('storageClasses')).filter(({ isDefault }) => isDefault).map(({ name }) => name);
    const mark = (name: string, value: string) =>
      run(
        'annotate',
        'storageclass',
        name,
        '--overwrite',
        `storageclass.kubernetes.io/is-default-class=${value}`,
      );

    test('the default class, also where there is none or more than one', async () => {
      expect(await marked()).toEqual(['standard']);
      await mark('fixed', 'true');
      expect(await marked()).toEqual(['fixed', 'standard']);
      await mark('fixed', 'false');
      await mark('standard', 'false');
      expect(await marked()).toEqual([]);
      await mark('standard', 'true');
      const fixed = (await lookAt('storageClasses')).find(({ name }) => name === 'fixed');
      expect(fixed).toMatchObject({ allowVolumeExpansion: false, volumeBindingMode: 'Immediate' });
    });

    test('claims with the zone of their volume, and the workload that mounts them', async () => {
      const labels = makeSubject().selector;
      await applyObjects(cluster, [
        namespaceObject('data'),
        {
          apiVersion: 'apps/v1',
          kind: 'StatefulSet',
          metadata: { namespace: 'data', name: 'xerv', labels },
          spec: {
            serviceName: 'xerv',
            replicas: 1,
            podManagementPolicy: 'Parallel',
            selector: { matchLabels: labels },
            template: {
              metadata: { labels },
              spec: {
                containers: [
                  {
                    name: 'xerv',
                    image: 'xerv:1',
                    volumeMounts: [{ name: 'data', mountPath: '/data' }],
                  },
                ],
              },
            },
            volumeClaimTemplates: [
              {
                metadata: { name: 'data' },
                spec: {
                  storageClassName: 'fast-ssd',
                  accessModes: ['ReadWriteOnce'],
                  resources: { requests: { storage: '1Gi' } },
                },
              },
            ],
          },
        },
      ]);
      const subject = makeSubject({ namespace: 'data', claims: ['data-xerv-0'] });
      const claims = await eventually(async () => {
        const value = await lookAt('claims', { subject });
        return value[0]?.phase === 'Bound' ? value : undefined;
      });
      expect(claims).toMatchObject([
        {
          name: 'data-xerv-0',
          storageClass: 'fast-ssd',
          size: '1Gi',
          accessModes: ['ReadWriteOnce'],
        },
      ]);
      expect(claims[0]?.zones?.[0]).toMatch(/^test-region-[abc]$/);
      // The volume itself belongs to the cluster.
      const viewed = await lookAt('claims', { subject, user: 'viewer' });
      expect(viewed[0]?.zones).toBeNull();
      expect(await lookAt('workload', { subject })).toMatchObject({
        kind: 'StatefulSet',
        podManagementPolicy: 'Parallel',
        claimTemplates: [{ name: 'data', storageClass: 'fast-ssd', size: '1Gi' }],
      });
    });
  });

  describe('nodes', () => {
    test('with room, until every replica has found a place', async () => {
      const nodes = await eventually(async () => {
        const value = await lookAt('nodes', { subject: makeSubject({ namespace: 'data' }) });
        return value.seen.some(({ ownPods }) => ownPods.length > 0) ? value : undefined;
      });
      expect(nodes).toMatchObject({ total: 6, complete: true });
      expect(nodes.seen.map(({ name }) => name)).toHaveLength(6);
      for (const { free, allocatable } of nodes.seen) {
        expect(allocatable).toEqual({ cpu: 4, memory: 16 * 1024 ** 3, pods: 110 });
        expect(free?.cpu).toBeGreaterThan(0);
      }
      expect(nodes.seen.flatMap(({ ownPods }) => ownPods)).toEqual(['xerv-0']);
    });

    test('that are cordoned, tainted or full', async () => {
      await run('cordon', 'node-1');
      await run('taint', 'node', 'node-2', 'dedicated=batch:NoSchedule');
      await applyObjects(cluster, [
        namespaceObject('busy'),
        {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { namespace: 'busy', name: 'large' },
          spec: {
            nodeName: 'node-3',
            containers: [
              {
                name: 'main',
                image: 'busy:1',
                resources: { requests: { cpu: '3500m', memory: '1Gi' } },
              },
            ],
          },
        },
      ]);
      const pod = { ...makeSubject().pod, requests: { cpu: 1, memory: 0 } };
      const find = async (tolerations: typeof pod.tolerations = []) => {
        const subject = makeSubject({ pod: { ...pod, tolerations } });
        const { seen } = await lookAt('nodes', { subject });
        return Object.fromEntries(seen.map((node) => [node.name, node]));
      };
      const nodes = await find();
      expect(nodes['node-1']).toMatchObject({ unschedulable: true, free: null });
      expect(nodes['node-2']).toMatchObject({
        taints: [{ key: 'dedicated', value: 'batch', effect: 'NoSchedule' }],
        free: null,
      });
      expect(nodes['node-3']?.free?.cpu).toBeCloseTo(0.5);
      const tolerant = await find([
        { key: 'dedicated', operator: 'Exists', value: null, effect: null },
      ]);
      expect(tolerant['node-2']?.free?.cpu).toBeGreaterThan(3);
      await run('uncordon', 'node-1');
      await run('taint', 'node', 'node-2', 'dedicated-');
    });
  });

  describe('the DNS of the cluster', () => {
    test('with the domain that it answers for, where it shows it', async () => {
      expect(await lookAt('domains')).toEqual([]);
      const Corefile = '.:53 {\n    kubernetes corp.example in-addr.arpa {\n    }\n}\n';
      await applyObjects(cluster, [configMapObject('kube-system', 'coredns', { Corefile })]);
      expect(await lookAt('domains')).toEqual(['corp.example']);
      await run('-n', 'kube-system', 'delete', 'configmap', 'coredns');
    });
  });

  describe('webhooks', () => {
    test('that would be asked about our objects, and whether anybody answers', async () => {
      const service = { namespace: 'gone', name: 'policy' };
      const selective = { matchLabels: { team: 'other' } };
      await applyObjects(cluster, [
        webhookObject('Validating', { name: 'policy', clientConfig: { service } }),
        webhookObject('Validating', {
          name: 'others',
          clientConfig: { service },
          namespaceSelector: selective,
        }),
        webhookObject('Mutating', {
          name: 'remote',
          clientConfig: { url: 'https://policy.example.com/x' },
          rules: [{ ...podRule, apiGroups: ['apps'], resources: ['statefulsets'] }],
        }),
        webhookObject('Mutating', {
          name: 'conditional',
          clientConfig: { service },
          matchConditions: [{ name: 'ours', expression: 'object.metadata.name != "xerv"' }],
        }),
        webhookObject('Mutating', {
          name: 'of-the-cluster',
          clientConfig: { service },
          rules: [{ ...podRule, scope: 'Cluster' }],
        }),
        webhookObject('Mutating', {
          name: 'jobs',
          clientConfig: { service },
          rules: [{ ...podRule, apiGroups: ['batch'], resources: ['jobs'] }],
        }),
      ]);
      const subject = makeSubject({ namespace: 'shop' });
      const seen = await lookAt('webhooks', { subject });
      expect(Object.fromEntries(seen.map((one) => [one.configuration, one]))).toMatchObject({
        policy: {
          mutating: false,
          failurePolicy: 'Ignore',
          sideEffects: 'None',
          service: 'gone/policy',
          reachable: false,
          resources: ['/pods'],
          matchesNamespace: true,
          caBundle: false,
        },
        others: { matchesNamespace: false, reachable: null },
        remote: { service: 'https://policy.example.com/x', reachable: null },
        conditional: { matchesNamespace: null, reachable: false },
      });
      expect(seen).toHaveLength(4);
      await run('delete', 'validatingwebhookconfigurations,mutatingwebhookconfigurations', '--all');
    });
  });

  describe('an aggregated API that is down', () => {
    test('is told, with the reason', async () => {
      await applyObjects(cluster, [
        {
          apiVersion: 'apiregistration.k8s.io/v1',
          kind: 'APIService',
          metadata: { name: 'v1beta1.external.metrics.k8s.io' },
          spec: {
            group: 'external.metrics.k8s.io',
            version: 'v1beta1',
            groupPriorityMinimum: 100,
            versionPriority: 100,
            insecureSkipTLSVerify: true,
            service: { namespace: 'keda', name: 'keda-operator-metrics-apiserver' },
          },
        },
      ]);
      const seen = await eventually(async () => {
        const value = await lookAt('apiServices');
        return value[0]?.reason ? value : undefined;
      });
      expect(seen).toMatchObject([
        {
          name: 'v1beta1.external.metrics.k8s.io',
          available: false,
          service: 'keda/keda-operator-metrics-apiserver',
        },
      ]);
      // Nothing else suffers from it.
      expect(await lookAt('apis')).toContain('apps/v1/StatefulSet');
      await run('delete', 'apiservice', 'v1beta1.external.metrics.k8s.io');
    });
  });

  describe('add-ons', () => {
    test('half installed: their kinds are there, and nobody works on them', async () => {
      await ensureCrds(cluster, everyAddOn);
      const facts = await eventually(async () => {
        const seen = await seeFacts(cluster, [...addOnParts, 'apis']);
        return addOnParts.every((name) => {
          const fact = seen[name];
          return fact.state === 'known' && fact.value.served;
        })
          ? seen
          : undefined;
      });
      expect(facts).toMatchObject({
        istio: { value: { revisions: [], tags: {}, injectsNamespace: '', ambient: false } },
        linkerd: { value: { controllers: [], injectsNamespace: false } },
        keda: { value: { controllers: [] } },
        vpa: { value: { recommender: null, updater: null, admission: null } },
        prometheusOperator: { value: { controllers: [], prometheuses: [] } },
        gateways: { value: { classes: [], gateways: [] } },
      });
      const apis = await lookAt('apis');
      expect(apis).toEqual(
        expect.arrayContaining([
          'networking.istio.io/v1/VirtualService',
          'keda.sh/v1alpha1/ScaledObject',
          'monitoring.coreos.com/v1/ServiceMonitor',
          'linkerd.io/v1alpha2/ServiceProfile',
        ]),
      );
    });

    test('Istio: revisions, mesh configuration, tags and who would inject', async () => {
      await applyObjects(cluster, [
        ...istio(),
        ...istio({
          revision: '1-31',
          version: '1.31.0',
          mesh: 'outboundTrafficPolicy: {mode: REGISTRY_ONLY}\nenablePrometheusMerge: false\n',
        }),
        istioTag('stable', '1-31'),
        namespaceObject('by-injection', { 'istio-injection': 'enabled' }),
        namespaceObject('by-tag', { 'istio.io/rev': 'stable' }),
        namespaceObject('by-stale-revision', { 'istio.io/rev': '1-28' }),
        namespaceObject('disabled', { 'istio-injection': 'disabled', 'istio.io/rev': '1-31' }),
      ]);
      const inNamespace = (namespace: string) =>
        lookAt('istio', { subject: makeSubject({ namespace }) });
      const seen = await eventually(async () => {
        const value = await inNamespace('by-injection');
        return value.revisions.every(({ controller }) => controller?.ready) ? value : undefined;
      });
      expect(seen).toMatchObject({
        served: true,
        tags: { stable: '1-31' },
        injectsNamespace: 'default',
        ambient: false,
        cni: false,
      });
      expect(Object.fromEntries(seen.revisions.map((one) => [one.revision, one]))).toMatchObject({
        default: {
          controller: { namespace: 'istio-system', version: '1.30.4', wanted: 1, ready: 1 },
          outboundPolicy: 'ALLOW_ANY',
          prometheusMerge: true,
        },
        '1-31': { outboundPolicy: 'REGISTRY_ONLY', prometheusMerge: false },
      });
      expect((await inNamespace('by-tag')).injectsNamespace).toBe('1-31');
      expect((await inNamespace('by-stale-revision')).injectsNamespace).toBe('');
      expect((await inNamespace('disabled')).injectsNamespace).toBe('');
      // Without a look at webhooks, a revision is known, a tag is not.
      const viewed = (namespace: string) =>
        seeFacts(cluster, ['istio'], { user: 'viewer', subject: makeSubject({ namespace }) });
      expect((await viewed('by-injection')).istio).toMatchObject({
        value: { injectsNamespace: 'default' },
      });
      expect((await viewed('by-tag')).istio).toMatchObject({ reason: 'forbidden' });
    });

    test('Istio: what it wants of callers, of the namespace before the mesh', async () => {
      const peers = (namespace: string, mode: string, spec: object = {}) => ({
        apiVersion: 'security.istio.io/v1',
        kind: 'PeerAuthentication',
        metadata: { namespace, name: `all-${mode.toLowerCase()}` },
        spec: { mtls: { mode }, ...spec },
      });
      const seen = async (namespace: string) =>
        (await lookAt('istio', { subject: makeSubject({ namespace }) })).peers;
      expect(await seen('by-tag')).toEqual({ mode: 'PERMISSIVE', source: '' });
      await applyObjects(cluster, [
        peers('istio-system', 'STRICT'),
        peers('by-injection', 'PERMISSIVE'),
        peers('by-tag', 'DISABLE', { selector: { matchLabels: { app: 'other' } } }),
      ]);
      const strict = { mode: 'STRICT', source: 'istio-system/all-strict' };
      expect(await seen('by-tag')).toEqual(strict);
      expect(await seen('by-injection')).toEqual({
        mode: 'PERMISSIVE',
        source: 'by-injection/all-permissive',
      });
      const viewed = await seeFacts(cluster, ['istio'], {
        user: 'viewer',
        subject: makeSubject({ namespace: 'by-injection' }),
      });
      expect(viewed.istio).toMatchObject({ value: { peers: null } });
      await run('-n', 'istio-system', 'delete', 'peerauthentications', '--all');
    });

    test('Istio: ambient and CNI', async () => {
      const namespace = 'istio-system';
      await applyObjects(cluster, [
        daemonSet({ namespace, name: 'ztunnel', image: 'istio/ztunnel:1.30.4' }),
        daemonSet({ namespace, name: 'istio-cni-node', image: 'istio/install-cni:1.30.4' }),
      ]);
      expect(await lookAt('istio')).toMatchObject({ ambient: true, cni: true });
    });

    test('Linkerd, with what it was installed with', async () => {
      await applyObjects(cluster, [
        ...linkerd(),
        namespaceObject('meshed', {}, { 'linkerd.io/inject': 'enabled' }),
      ]);
      const seen = await lookAt('linkerd', { subject: makeSubject({ namespace: 'meshed' }) });
      expect(seen).toMatchObject({
        clusterDomain: 'cluster.test',
        opaquePorts: '25,4222',
        defaultInboundPolicy: 'deny',
        cni: true,
        injectsNamespace: true,
      });
      expect(seen.controllers.map(({ name, version }) => [name, version])).toEqual([
        ['linkerd-destination', 'edge-26.8.1'],
        ['linkerd-identity', 'edge-26.8.1'],
        ['linkerd-proxy-injector', 'edge-26.8.1'],
      ]);
    });

    test('KEDA and VPA', async () => {
      await applyObjects(cluster, [...keda(), ...vpa()]);
      const facts = await eventually(async () => {
        const seen = await seeFacts(cluster, ['keda', 'vpa']);
        return JSON.stringify(seen).includes('"ready":0') ? undefined : seen;
      });
      expect(facts.keda).toMatchObject({
        value: { controllers: Array(3).fill({ version: '2.20.2', ready: 1 }) },
      });
      expect(facts.vpa).toMatchObject({
        value: {
          recommender: { name: 'vpa-recommender', version: '1.7.1', ready: 1 },
          updater: { name: 'vpa-updater' },
          admission: { name: 'vpa-admission-controller' },
        },
      });
      await run('-n', 'kube-system', 'delete', 'deployment', 'vpa-updater');
      expect(await lookAt('vpa')).toMatchObject({ updater: null });
    });

    test('prometheus-operator and Grafana', async () => {
      await applyObjects(cluster, [prometheusKind]);
      await run('wait', '--for=condition=Established', 'crd', prometheusKind.metadata.name);
      await applyObjects(cluster, kubePrometheusStack());
      const facts = await seeFacts(cluster, ['prometheusOperator', 'grafana']);
      expect(facts.prometheusOperator).toMatchObject({
        value: {
          controllers: [{ name: 'kps-operator', version: 'v0.93.1' }],
          prometheuses: [
            {
              kind: 'Prometheus',
              address: 'http://prometheus-operated.monitoring.svc:9090',
              serviceMonitorSelector: { matchLabels: { release: 'kps' }, matchExpressions: [] },
              serviceMonitorNamespaceSelector: { matchLabels: {}, matchExpressions: [] },
              podMonitorSelector: null,
              ruleSelector: {
                matchLabels: {},
                matchExpressions: [{ key: 'release', operator: 'In', values: ['kps', 'other'] }],
              },
            },
          ],
        },
      });
      expect(facts.grafana).toEqual({
        state: 'known',
        value: [
          {
            namespace: 'monitoring',
            name: 'kps-grafana',
            label: 'grafana_dashboard',
            labelValue: '1',
            searchNamespaces: ['ALL'],
            folderAnnotation: '',
          },
        ],
      });
    });

    test('classes of Ingress and Gateway, and autoscalers with their owners', async () => {
      const helm = { 'meta.helm.sh/release-name': 'xerv' };
      await applyObjects(cluster, [
        {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'IngressClass',
          metadata: {
            name: 'nginx',
            annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' },
          },
          spec: { controller: 'k8s.io/ingress-nginx' },
        },
        {
          apiVersion: 'gateway.networking.k8s.io/v1',
          kind: 'GatewayClass',
          metadata: { name: 'istio' },
          spec: { controllerName: 'istio.io/gateway-controller' },
        },
        {
          apiVersion: 'gateway.networking.k8s.io/v1',
          kind: 'Gateway',
          metadata: { namespace: 'shop', name: 'public' },
          spec: {
            gatewayClassName: 'istio',
            listeners: [
              { name: 'http', port: 80, protocol: 'HTTP' },
              {
                name: 'https',
                port: 443,
                protocol: 'HTTPS',
                hostname: '*.example.com',
                tls: { certificateRefs: [{ name: 'tls' }] },
                allowedRoutes: {
                  kinds: [{ kind: 'HTTPRoute' }],
                  namespaces: { from: 'Selector', selector: { matchLabels: { team: 'shop' } } },
                },
              },
            ],
          },
        },
        {
          apiVersion: 'autoscaling/v2',
          kind: 'HorizontalPodAutoscaler',
          metadata: { namespace: 'shop', name: 'xerv', annotations: helm },
          spec: {
            maxReplicas: 3,
            scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'xerv' },
          },
        },
        {
          apiVersion: 'keda.sh/v1alpha1',
          kind: 'ScaledObject',
          metadata: { namespace: 'shop', name: 'by-hand' },
          spec: {
            scaleTargetRef: { name: 'other' },
            triggers: [{ type: 'cpu', metadata: { value: '80' } }],
          },
        },
      ]);
      expect(await lookAt('ingressClasses')).toEqual([
        { name: 'nginx', controller: 'k8s.io/ingress-nginx', isDefault: true },
      ]);
      expect(await lookAt('gateways')).toMatchObject({
        classes: [{ name: 'istio', controller: 'istio.io/gateway-controller', accepted: false }],
        gateways: [
          {
            namespace: 'shop',
            name: 'public',
            listeners: [
              { name: 'http', from: 'Same', selector: null, kinds: [], hostname: '' },
              {
                name: 'https',
                from: 'Selector',
                selector: { matchLabels: { team: 'shop' } },
                kinds: ['HTTPRoute'],
                hostname: '*.example.com',
              },
            ],
          },
        ],
      });
      expect(await lookAt('autoscalers', { subject: makeSubject({ namespace: 'shop' }) })).toEqual([
        {
          kind: 'HorizontalPodAutoscaler',
          name: 'xerv',
          target: 'Deployment/xerv',
          owner: 'xerv',
        },
        { kind: 'ScaledObject', name: 'by-hand', target: 'Deployment/other', owner: '' },
      ]);
    });
  });

  describe('a server behind a bad road', () => {
    test('that answers 429 and 500 now and then is asked again', async () => {
      // Every third path is refused twice. A review is a POST, which is not sent again.
      const times = new Map<string, number>();
      const kubeconfig = await startUnreliableServer(cluster.kubeconfigs.admin, ({ path }) => {
        const time = times.get(path) ?? 0;
        times.set(path, time + 1);
        const isChosen = [...times.keys()].indexOf(path) % 3 === 0 && !path.includes('review');
        if (!isChosen || time > 1) return {};
        return { status: time === 0 ? 429 : 500 };
      });
      const facts = await seeFacts(cluster, gatheredParts, { kubeconfig });
      for (const name of gatheredParts) expect([name, facts[name]?.state]).toEqual([name, 'known']);
      expect([...times.values()].filter((time) => time > 2).length).toBeGreaterThan(5);
    });

    test('that is slow is waited for', async () => {
      const delayMilliseconds = 500;
      let requests = 0;
      const kubeconfig = await startUnreliableServer(cluster.kubeconfigs.admin, () => {
        requests += 1;
        return { delayMilliseconds };
      });
      const startedAt = Date.now();
      const facts = await seeFacts(cluster, gatheredParts, { kubeconfig });
      for (const name of gatheredParts) expect([name, facts[name]?.state]).toEqual([name, 'known']);
      // Not one after another.
      expect(Date.now() - startedAt).toBeLessThan((requests * delayMilliseconds) / 2);
    });

    test('that does not answer about one thing leaves only that one open', async () => {
      const kubeconfig = await startUnreliableServer(cluster.kubeconfigs.admin, ({ path }) =>
        path.includes('storageclasses') ? { delayMilliseconds: 20_000 } : {},
      );
      const facts = await seeFacts(cluster, ['storageClasses', 'namespace', 'nodes'], {
        kubeconfig,
        timeoutMilliseconds: 1_500,
      });
      expect(facts).toMatchObject({
        storageClasses: { state: 'unknown', reason: 'timeout' },
        namespace: { state: 'known' },
        nodes: { state: 'known' },
      });
    });
  });
});
