import { gunzipSync, gzipSync } from 'node:zlib';
import { parseDocument } from 'yaml';
import * as z from 'zod/mini';
import { resourcePolicyAnnotation } from './manifest.ts';

const storedRelease = z.looseObject({ manifest: z.string() });

/**
 * A release as helm stores it, with the keep policy on the named claims of its manifest.
 *
 * `helm uninstall` asks the stored manifest alone what to leave (helm 3 and 4,
 * pkg/action/resource_policy.go), so an annotation on the live claim does not save it. Storage is
 * base64 of gzip of JSON since helm 3.0 (pkg/storage/driver/util.go). The text is changed where
 * the manifest stands and nowhere else: every other byte of the JSON stays.
 * @param encoded what stands under `release` in the ConfigMap, or decoded once more in the Secret
 * @returns the same in helm's encoding, or undefined where it is not what we know
 */
export function protectInStoredRelease(
  encoded: string,
  claims: readonly string[],
): string | undefined {
  const json = decodeStoredRelease(encoded);
  const manifest = json === undefined ? undefined : manifestOf(json);
  if (json === undefined || manifest === undefined) return undefined;
  const wanted = `"manifest":${encodeAsGo(protectInManifest(manifest, claims))}`;
  // As helm writes it, and as other tools do that have rewritten the record.
  for (const encode of [encodeAsGo, JSON.stringify]) {
    const pieces = json.split(`"manifest":${encode(manifest)}`);
    if (pieces.length === 2) return gzipSync(pieces.join(wanted)).toString('base64');
  }
  return undefined;
}

/** The manifest inside a stored release, or undefined where it cannot be read. */
export function storedManifest(encoded: string): string | undefined {
  const json = decodeStoredRelease(encoded);
  return json === undefined ? undefined : manifestOf(json);
}

function decodeStoredRelease(encoded: string): string | undefined {
  try {
    return gunzipSync(Buffer.from(encoded, 'base64')).toString();
  } catch {
    return undefined;
  }
}

function manifestOf(json: string): string | undefined {
  try {
    return z.parse(storedRelease, JSON.parse(json)).manifest;
  } catch {
    return undefined;
  }
}

/** Go's encoding/json escapes what could end a script in HTML; otherwise it writes as we do. */
function encodeAsGo(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function protectInManifest(manifest: string, claims: readonly string[]): string {
  // Documents that are not touched keep their text.
  return manifest
    .split(/^(?=---)/m)
    .map((text) => {
      if (!text.includes('PersistentVolumeClaim')) return text;
      const document = parseDocument(text.replace(/^---[^\n]*\n?/, ''));
      const isNamed =
        document.get('kind') === 'PersistentVolumeClaim' &&
        claims.includes(String(document.getIn(['metadata', 'name'])));
      if (!isNamed) return text;
      document.setIn(['metadata', 'annotations', resourcePolicyAnnotation], 'keep');
      return `---\n${document.toString({ lineWidth: 0 })}`;
    })
    .join('');
}
