/** Names of objects that a manifest refers to and cannot do without. */
export interface References {
  readonly secrets: readonly string[];
  readonly configMaps: readonly string[];
}

/** Fields of Kubernetes, KEDA and XERV that name an object, and where in it the name stands. */
const fields: Readonly<Record<string, readonly [keyof References, 'name' | 'secretName' | '']>> = {
  secretKeyRef: ['secrets', 'name'],
  secretRef: ['secrets', 'name'],
  secretTargetRef: ['secrets', 'name'],
  imagePullSecrets: ['secrets', 'name'],
  /** Of a certificate of an Ingress. */
  tls: ['secrets', 'secretName'],
  credentialsSecret: ['secrets', ''],
  configMapKeyRef: ['configMaps', 'name'],
  configMapRef: ['configMaps', 'name'],
  configMap: ['configMaps', 'name'],
};

/** Looks through whole objects, so that what others add to the pods counts as well. */
export function referencesOf(objects: readonly unknown[]): References {
  const found = { secrets: new Set<string>(), configMaps: new Set<string>() };
  const note = (kind: keyof References, name: unknown) => {
    if (typeof name === 'string' && name !== '') found[kind].add(name);
  };
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    if (!isMap(value)) return;
    for (const [key, inner] of Object.entries(value)) {
      for (const one of [inner].flat()) {
        const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
        if (isMap(one) && one.optional === true) continue;
        if (field) note(field[0], field[1] === '' ? one : isMap(one) ? one[field[1]] : undefined);
        // A volume of its own says secretName, one among others in a projected volume name.
        if (key === 'secret' && isMap(one)) note('secrets', one.secretName ?? one.name);
      }
      visit(inner);
    }
  };
  visit(objects);
  return { secrets: [...found.secrets].sort(), configMaps: [...found.configMaps].sort() };
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
