import { describe, expect, test } from 'vitest';
import { keda, kubePrometheusStack, prometheusKind, vpa } from '../../support/add-ons.ts';
import { eventually } from '../../support/cluster.ts';
import { applyObjects, makeSubject, seeFacts } from '../../support/facts.ts';
import type { Eyes } from './eyes.ts';

export function addOns({ cluster, lookAt, run }: Eyes): void {
  describe('add-ons', () => {
    test('KEDA and VPA', async () => {
      await applyObjects(cluster(), [...keda(), ...vpa()]);
      const facts = await eventually(async () => {
        const seen = await seeFacts(cluster(), ['keda', 'vpa']);
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
      await applyObjects(cluster(), [prometheusKind]);
      await run('wait', '--for=condition=Established', 'crd', prometheusKind.metadata.name);
      await applyObjects(cluster(), kubePrometheusStack());
      const facts = await seeFacts(cluster(), ['prometheusOperator', 'grafana']);
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
      await applyObjects(cluster(), [
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
}
