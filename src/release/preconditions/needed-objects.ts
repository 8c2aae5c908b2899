import type { ManifestWorkload } from '../manifest.ts';

/** An object that pods refer to, and the keys that must be in it. */
export interface Needed {
  readonly kind: 'Secret' | 'ConfigMap';
  readonly name: string;
  readonly keys: ReadonlySet<string>;
}

/** A reference as Kubernetes writes it, whatever it is for. */
interface Reference {
  readonly name?: string | null | undefined;
  readonly optional?: boolean | null | undefined;
  readonly items?: readonly { readonly key: string }[] | undefined;
}

/**
 * Secrets and ConfigMaps that containers do not start without: those of variables and of volumes.
 * Optional ones are left out, and pull secrets, which a pod may lack.
 */
export function neededObjects(workloads: readonly ManifestWorkload[]): readonly Needed[] {
  const found = new Map<string, Needed & { readonly keys: Set<string> }>();
  const need = (kind: Needed['kind'], reference: Reference | undefined, keys: string[] = []) => {
    if (!reference?.name || reference.optional) return;
    const { name, items = [] } = reference;
    const entry = found.get(`${kind} ${name}`) ?? { kind, name, keys: new Set<string>() };
    for (const key of [...keys, ...items.map((item) => item.key)]) entry.keys.add(key);
    found.set(`${kind} ${name}`, entry);
  };
  for (const { object } of workloads) {
    const spec = object.spec.template?.spec;
    for (const container of [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])]) {
      for (const { valueFrom } of container.env) {
        const { secretKeyRef, configMapKeyRef } = valueFrom ?? {};
        if (secretKeyRef) need('Secret', secretKeyRef, [secretKeyRef.key]);
        if (configMapKeyRef) need('ConfigMap', configMapKeyRef, [configMapKeyRef.key]);
      }
      for (const { secretRef, configMapRef } of container.envFrom) {
        need('Secret', secretRef);
        need('ConfigMap', configMapRef);
      }
    }
    for (const { secret, configMap, projected } of spec?.volumes ?? []) {
      need('Secret', secret && { ...secret, name: secret.secretName });
      need('ConfigMap', configMap);
      for (const source of projected?.sources ?? []) {
        need('Secret', source.secret);
        need('ConfigMap', source.configMap);
      }
    }
  }
  return [...found.values()];
}
