import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import { questions } from '../../src/questions/catalogue.ts';
import type { Question, SuggestionContext } from '../../src/questions/question.ts';
import { type Layer, type Layers, userValues } from '../../src/values/layers.ts';
import { coalesce } from '../../src/values/merge.ts';
import { parsePreset } from '../../src/values/presets.ts';
import { type Values, valuesSchema } from '../../src/values/schema/index.ts';
import type { Tree } from '../../src/values/tree.ts';
import { anyListener } from './check-facts.ts';
import type { KnownFacts } from './check-input.ts';

const folder = fileURLToPath(new URL('../../presets/', import.meta.url));

/** The values of each preset by name, and of none. */
export const bases: Readonly<Record<string, Tree>> = {
  none: {},
  ...Object.fromEntries(
    readdirSync(folder).map((file) => {
      const name = file.replace(/\.yaml$/, '');
      const { values } = parsePreset(name, readFileSync(`${folder}${file}`, 'utf8'));
      return [name, values];
    }),
  ),
};

/** @throws where there is no such question */
export function question(id: string): Question {
  const found = questions.find((one) => one.id === id);
  if (!found) throw new Error(`no question ${id}`);
  return found;
}

/** @throws where the answer is refused */
export function layerOf(id: string, answer: string): Layer {
  const written = question(id).write(answer);
  if (!written.ok) throw new Error(`${id} ${answer}: ${written.problem.message}`);
  const { values, replaces } = written;
  return { origin: { kind: 'flag', flag: `--${id}` }, values, ...(replaces && { replaces }) };
}

export type Answers = readonly (readonly [id: string, answer: string])[];

/** What a base and answers on top of it give users. */
export function given(base: Tree, answers: Answers): Tree {
  const layers: Layers = [
    { origin: { kind: 'file', path: 'base' }, values: base },
    ...answers.map(([id, answer]) => layerOf(id, answer)),
  ];
  return userValues(layers);
}

const defaults = z.parse(valuesSchema, {}) as Tree;

/** With the chart's defaults, as questions read them. A parse would add nothing, and take long. */
export function valuesOf(users: Tree): Values {
  return coalesce(defaults, users) as unknown as Values;
}

export function contextOf(users: Tree, facts: KnownFacts = {}): SuggestionContext {
  const known = Object.entries(facts).map(([name, value]) => [name, { state: 'known', value }]);
  return { values: valuesOf(users), given: users, facts: Object.fromEntries(known) };
}

const controller = (namespace: string, name: string, version: string) => ({
  namespace,
  name,
  image: '',
  version,
  wanted: 1,
  ready: 1,
});
const labels = (key: string, value: string) => ({
  matchLabels: { [key]: value },
  matchExpressions: [],
});
const all = { matchLabels: {}, matchExpressions: [] };

/** A cluster that has everything that options are made from. */
export const richCluster = {
  nodes: { total: 3, seen: [], complete: false },
  storageClasses: [
    {
      name: 'standard',
      provisioner: 'disk.csi.example.com',
      isDefault: true,
      allowVolumeExpansion: true,
      volumeBindingMode: 'WaitForFirstConsumer',
      reclaimPolicy: 'Delete',
      zones: [],
    },
    {
      name: 'frozen',
      provisioner: 'nfs.csi.example.com',
      isDefault: false,
      allowVolumeExpansion: false,
      volumeBindingMode: 'Immediate',
      reclaimPolicy: 'Retain',
      zones: [],
    },
  ],
  istio: {
    served: true,
    revisions: [
      {
        revision: '1-30-4',
        controller: controller('istio-system', 'istiod-1-30-4', '1.30.4'),
        outboundPolicy: 'ALLOW_ANY',
        prometheusMerge: true,
        trustDomain: 'cluster.local',
      },
    ],
    tags: { stable: '1-30-4' },
    injectsNamespace: '',
    peers: { mode: 'PERMISSIVE', source: '' },
    ambient: false,
    cni: false,
  },
  prometheusOperator: {
    served: true,
    controllers: [controller('monitoring', 'kps-operator', '0.93.1')],
    prometheuses: [
      {
        kind: 'Prometheus',
        namespace: 'monitoring',
        name: 'kps',
        address: 'http://prometheus-operated.monitoring.svc:9090',
        serviceMonitorSelector: labels('release', 'kps'),
        serviceMonitorNamespaceSelector: all,
        podMonitorSelector: labels('release', 'kps'),
        podMonitorNamespaceSelector: all,
        ruleSelector: labels('release', 'kps'),
        ruleNamespaceSelector: all,
      },
    ],
  },
  grafana: [
    {
      namespace: 'monitoring',
      name: 'grafana',
      label: 'grafana_dashboard',
      labelValue: '1',
      searchNamespaces: [],
      folderAnnotation: '',
    },
  ],
  ingressClasses: [
    { name: 'nginx', controller: 'k8s.io/ingress-nginx', isDefault: false },
    { name: 'traefik', controller: 'traefik.io/ingress-controller', isDefault: false },
  ],
  gateways: {
    served: true,
    classes: [{ name: 'envoy', controller: 'gateway.envoyproxy.io', accepted: true }],
    gateways: [
      {
        namespace: 'gateways',
        name: 'public',
        class: 'envoy',
        listeners: [anyListener],
      },
    ],
  },
  knownServices: [
    { kind: 'redis', namespace: 'data', name: 'redis-master', port: 6379 },
    { kind: 'nats', namespace: 'data', name: 'nats', port: 4222 },
    { kind: 'otlp', namespace: 'tracing', name: 'tempo', port: 4317 },
    { kind: 'prometheus', namespace: 'metrics', name: 'prometheus-server', port: 80 },
  ],
  namespaces: { frontend: {}, xerv: {} },
  secretNames: { opaque: ['redis-credentials'], tls: ['xerv-tls'], registry: ['registry'] },
} satisfies KnownFacts;
