import { describe, expect, test } from 'vitest';
import { daemonSet, istio, istioTag, linkerd, namespaceObject } from '../../support/add-ons.ts';
import { eventually } from '../../support/cluster.ts';
import { ensureCrds, everyAddOn } from '../../support/crds.ts';
import { applyObjects, makeSubject, seeFacts } from '../../support/facts.ts';
import { addOnParts } from './add-on-parts.ts';
import type { Eyes } from './eyes.ts';

export function meshes({ cluster, lookAt, run }: Eyes): void {
  describe('add-ons that are half installed', () => {
    test('half installed: their kinds are there, and nobody works on them', async () => {
      await ensureCrds(cluster(), everyAddOn);
      const facts = await eventually(async () => {
        const seen = await seeFacts(cluster(), [...addOnParts, 'apis']);
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
  });

  describe('meshes', () => {
    test('Istio: revisions, mesh configuration, tags and who would inject', async () => {
      await applyObjects(cluster(), [
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
        seeFacts(cluster(), ['istio'], { user: 'viewer', subject: makeSubject({ namespace }) });
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
      await applyObjects(cluster(), [
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
      const viewed = await seeFacts(cluster(), ['istio'], {
        user: 'viewer',
        subject: makeSubject({ namespace: 'by-injection' }),
      });
      expect(viewed.istio).toMatchObject({ value: { peers: null } });
      await run('-n', 'istio-system', 'delete', 'peerauthentications', '--all');
    });

    test('Istio: ambient and CNI', async () => {
      const namespace = 'istio-system';
      await applyObjects(cluster(), [
        daemonSet({ namespace, name: 'ztunnel', image: 'istio/ztunnel:1.30.4' }),
        daemonSet({ namespace, name: 'istio-cni-node', image: 'istio/install-cni:1.30.4' }),
      ]);
      expect(await lookAt('istio')).toMatchObject({ ambient: true, cni: true });
    });

    test('Linkerd, with what it was installed with', async () => {
      await applyObjects(cluster(), [
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
  });
}
