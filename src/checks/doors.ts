import { getNode, type Tree } from '../values/tree.ts';
import type { CheckInput, RenderedObject } from './types.ts';

/** A way to the API from outside of the cluster. */
export interface Door {
  readonly kind: 'Ingress' | 'HTTPRoute' | 'Service' | 'VirtualService';
  readonly name: string;
  /** As text, such as `Service xerv of type LoadBalancer`. */
  readonly text: string;
  readonly object: RenderedObject;
}

/** The ways to the API from outside of the cluster; the HTTPRoute of a canary is none. */
export function doorsOf(objects: CheckInput['objects']): readonly Door[] {
  return objects.flatMap((object): Door[] => {
    const { kind } = object;
    const { name } = object.metadata;
    const read = (...path: (string | number)[]) => getNode(object as unknown as Tree, path);
    if (kind === 'Ingress') return [{ kind, name, text: `Ingress ${name}`, object }];
    if (kind === 'HTTPRoute' && read('spec', 'parentRefs', 0, 'kind') !== 'Service')
      return [{ kind, name, text: `HTTPRoute ${name}`, object }];
    if (kind === 'VirtualService') {
      const gateways = [read('spec', 'gateways') ?? []].flat().filter((one) => one !== 'mesh');
      const text = `VirtualService ${name} at ${gateways.join(', ')}`;
      return gateways.length > 0 ? [{ kind, name, text, object }] : [];
    }
    const type = kind === 'Service' ? read('spec', 'type') : undefined;
    return type === 'LoadBalancer' || type === 'NodePort'
      ? [{ kind: 'Service', name, text: `Service ${name} of type ${type}`, object }]
      : [];
  });
}
