import type { Amounts, Container } from './containers.ts';
import { amountsAt } from './containers.ts';
import { textAt } from './read.ts';

interface Proxy {
  readonly name: string;
  readonly isInjected: (template: unknown, namespace: Readonly<Record<string, string>>) => boolean;
  /** Annotations of the pod that set what it requests and may use. */
  readonly annotations: Readonly<Record<string, readonly ['requests' | 'limits', string]>>;
  readonly requests: Amounts;
  readonly limits: Amounts;
}

const label = (template: unknown, key: string) => textAt(template, 'metadata', 'labels', key);
const annotation = (template: unknown, key: string) =>
  textAt(template, 'metadata', 'annotations', key);

/**
 * What the meshes add by default. An installation may have set other amounts, which only its own
 * configuration tells; so these are estimates.
 * Sources: values.yaml of the charts istiod (global.proxy.resources) and linkerd-control-plane
 * (proxy.resources: none).
 */
const proxies: readonly Proxy[] = [
  {
    name: 'istio-proxy',
    isInjected: (template, namespace) => {
      const wanted = label(template, 'sidecar.istio.io/inject');
      if (wanted !== '') return wanted === 'true';
      return (
        namespace['istio-injection'] === 'enabled' ||
        (namespace['istio-injection'] !== 'disabled' && Object.hasOwn(namespace, 'istio.io/rev'))
      );
    },
    annotations: {
      'sidecar.istio.io/proxyCPU': ['requests', 'cpu'],
      'sidecar.istio.io/proxyMemory': ['requests', 'memory'],
      'sidecar.istio.io/proxyCPULimit': ['limits', 'cpu'],
      'sidecar.istio.io/proxyMemoryLimit': ['limits', 'memory'],
    },
    requests: { cpu: 0.1, memory: 128 * 2 ** 20 },
    limits: { cpu: 2, memory: 2 ** 30 },
  },
  {
    name: 'linkerd-proxy',
    isInjected: (template) =>
      ['enabled', 'ingress'].includes(annotation(template, 'linkerd.io/inject')),
    annotations: {
      'config.linkerd.io/proxy-cpu-request': ['requests', 'cpu'],
      'config.linkerd.io/proxy-memory-request': ['requests', 'memory'],
      'config.linkerd.io/proxy-cpu-limit': ['limits', 'cpu'],
      'config.linkerd.io/proxy-memory-limit': ['limits', 'memory'],
    },
    requests: {},
    limits: {},
  },
];

/** Containers that a mesh will add to a pod of the template. */
export function proxiesOf(
  template: unknown,
  namespaceLabels: Readonly<Record<string, string>>,
): readonly Container[] {
  return proxies
    .filter(({ isInjected }) => isInjected(template, namespaceLabels))
    .map(({ name, annotations, ...defaults }) => {
      const set = (what: 'requests' | 'limits') => ({
        ...defaults[what],
        ...Object.fromEntries(
          Object.entries(annotations).flatMap(([key, [kind, resource]]) => {
            const amount = amountsAt({ [resource]: annotation(template, key) })[resource];
            return kind === what && amount !== undefined ? [[resource, amount]] : [];
          }),
        ),
      });
      const limits = set('limits');
      return { name, role: 'main', requests: { ...set('requests') }, limits };
    });
}
