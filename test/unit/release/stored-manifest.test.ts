import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { parseManifest } from '../../../src/release/manifest.ts';
import { protectInStoredRelease, storedManifest } from '../../../src/release/stored-manifest.ts';

const manifest = `---
# Source: xerv/templates/config.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: xerv-config
data:
  text: |
    a < b && c > d \u2028 "quoted"
---
# Source: xerv/templates/claim.yaml
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: xerv-data
spec:
  accessModes: [ReadWriteOnce]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: other
`;

/** As Go writes it: HTML escapes, and numbers that JavaScript would change. */
const json = `{"name":"xerv","config":{"manifest":"no","big":12345678901234567890},"manifest":${JSON.stringify(
  manifest,
).replace(
  /[<>&\u2028]/g,
  (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
)},"hooks":[{"manifest":"x"}],"version":1}`;

const encode = (text: string) => gzipSync(text).toString('base64');
const decode = (stored: string | undefined) =>
  gunzipSync(Buffer.from(stored ?? '', 'base64')).toString();

describe('protectInStoredRelease', () => {
  test('puts the keep policy on the named claim alone', () => {
    const stored = protectInStoredRelease(encode(json), ['xerv-data']);
    const objects = parseManifest(storedManifest(stored ?? '') ?? '');

    expect(
      objects.map(
        ({ metadata }) =>
          `${metadata.name} ${metadata.annotations['helm.sh/resource-policy'] ?? '-'}`,
      ),
    ).toEqual(['xerv-config -', 'xerv-data keep', 'other -']);
  });

  test('leaves every other byte as it was', () => {
    const before = decode(encode(json));
    const after = decode(protectInStoredRelease(encode(json), ['xerv-data']));
    const [head, tail] = after.split(/"manifest":"---.*?","hooks"/);

    expect(after).toContain('"big":12345678901234567890');
    expect(after).toContain('a \\u003c b \\u0026\\u0026 c \\u003e d \\u2028');
    expect(before.startsWith(head ?? '-')).toBe(true);
    expect(before.endsWith(tail ?? '-')).toBe(true);
  });

  test('understands a record that another tool has rewritten', () => {
    const rewritten = encode(JSON.stringify(JSON.parse(json)));

    expect(storedManifest(protectInStoredRelease(rewritten, ['xerv-data']) ?? '')).toContain(
      'keep',
    );
  });

  test.each(['', 'not base64 of gzip', encode('{}'), encode('no json')])(
    'gives nothing where the record is not as we know it',
    (stored) => {
      expect(protectInStoredRelease(stored, ['xerv-data'])).toBeUndefined();
    },
  );
});
