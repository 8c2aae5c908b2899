import type { Layer, Layers, Origin } from './layers.ts';
import { userValues } from './layers.ts';
import { hasPassword } from './mask.ts';
import { SecretMaterial } from './secret-material.ts';
import { deleteNode, getNode, type Path } from './tree.ts';

/** The backends whose URL may hold a password. */
export const secretBackends = ['redis', 'nats'] as const;
export type SecretBackend = (typeof secretBackends)[number];

/** Key inside the Secret where the values name none. */
export const defaultSecretKey = 'url';

/** A Secret that must be there before helm runs; its material never enters a layer or a file. */
export interface PendingSecret {
  readonly backend: SecretBackend;
  /** The Secret's name, as the values refer to it. */
  readonly name: string;
  /** The key inside it. */
  readonly key: string;
  readonly material: SecretMaterial;
}

/** A password that was found in the values and taken out of them. */
export interface TakenPassword {
  readonly backend: SecretBackend;
  readonly path: Path;
  /** Where it stood. A live release: helm's older revisions still hold it. */
  readonly origin: Origin;
  /** Whether it is the one in force; the others were overruled and are dropped. */
  readonly used: boolean;
}

export interface TakenSecrets {
  readonly layers: Layers;
  readonly pending: readonly PendingSecret[];
  readonly taken: readonly TakenPassword[];
}

/** Where the URL of a backend and the reference to its Secret stand in the values. */
export function connectionPaths(backend: SecretBackend): { url: Path; existingSecret: Path } {
  return {
    url: ['dispatch', backend, 'url'],
    existingSecret: ['dispatch', backend, 'existingSecret'],
  };
}

/**
 * Takes every backend URL with a password out of every layer. The one in force goes into a
 * pending Secret, and a layer on top makes the values refer to it; a Secret that the user names
 * in the same or a stronger layer wins over it, and then nothing is pending.
 *
 * @param layers from the weakest to the strongest; not changed
 * @param secretName the name of the Secret for a backend
 */
export function takeSecrets(
  layers: Layers,
  secretName: (backend: SecretBackend) => string,
): TakenSecrets {
  return secretBackends.reduce<TakenSecrets>(
    (before, backend) => takeFrom(before, backend, secretName(backend)),
    { layers, pending: [], taken: [] },
  );
}

function takeFrom(before: TakenSecrets, backend: SecretBackend, name: string): TakenSecrets {
  const paths = connectionPaths(backend);
  const inForce = findInForce(before.layers, paths);
  const taken: TakenPassword[] = [];
  const cleaned = before.layers.map((layer): Layer => {
    const url = getNode(layer.values, paths.url);
    if (typeof url !== 'string' || !hasPassword(url)) return layer;
    const used = layer === inForce?.layer;
    taken.push({ backend, path: paths.url, origin: layer.origin, used });
    return { ...layer, values: deleteNode(layer.values, paths.url) };
  });
  if (taken.length === 0) return before;
  const all = [...before.taken, ...taken];
  if (inForce === undefined) return { ...before, layers: cleaned, taken: all };
  const key = defaultSecretKey;
  const reference: Layer = {
    origin: { kind: 'secret', secret: name },
    values: { dispatch: { [backend]: { url: '', existingSecret: name, existingSecretKey: key } } },
  };
  const material = new SecretMaterial(inForce.url);
  return {
    layers: [...cleaned, reference],
    pending: [...before.pending, { backend, name, key, material }],
    taken: all,
  };
}

function findInForce(
  layers: Layers,
  paths: ReturnType<typeof connectionPaths>,
): { layer: Layer; url: string } | undefined {
  const url = getNode(userValues(layers), paths.url);
  if (typeof url !== 'string' || !hasPassword(url)) return undefined;
  const index = layers.findLastIndex((layer) => getNode(layer.values, paths.url) === url);
  const layer = layers[index];
  const overruled = layers.slice(index).some((stronger) => {
    const secret = getNode(stronger.values, paths.existingSecret);
    return typeof secret === 'string' && secret !== '';
  });
  return layer === undefined || overruled ? undefined : { layer, url: url.trim() };
}

export { redact } from './mask.ts';
export { SecretMaterial } from './secret-material.ts';
