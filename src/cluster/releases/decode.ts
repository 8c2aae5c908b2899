import * as z from 'zod/mini';
import type { StoredRelease } from '../types.ts';

const text = z._default(
  z.pipe(
    z.nullable(z.string()),
    z.transform((value) => value ?? ''),
  ),
  '',
);
const map = z._default(
  z.pipe(
    z.nullable(z.record(z.string(), z.unknown())),
    z.transform((value): Record<string, unknown> => value ?? {}),
  ),
  {},
);

/** helm's release record, as far as we read it. Source: helm, pkg/release. */
const recordSchema = z.looseObject({
  name: z.string(),
  namespace: text,
  version: z.number(),
  manifest: text,
  config: map,
  apply_method: z.optional(z.string()),
  info: z.looseObject({
    status: z.string(),
    first_deployed: text,
    last_deployed: text,
    description: text,
    notes: text,
  }),
  chart: z.looseObject({
    metadata: z.looseObject({ name: z.string(), version: text, appVersion: text }),
    values: map,
  }),
});

/** Releases are a few hundred KB; this bounds what an object of 1 MiB can swell to. */
const longestRecord = 64 * 1024 * 1024;

/**
 * Decodes what helm stores: JSON, compressed with gzip (not by very old helms), in base64.
 *
 * @param stored the text of helm's `release` key, without the base64 that the API adds to Secrets
 * @returns undefined where it is no release
 */
export async function decodeRelease(stored: string): Promise<StoredRelease | undefined> {
  try {
    const packed = Buffer.from(stored, 'base64');
    const isGzip = packed[0] === 0x1f && packed[1] === 0x8b;
    const json = isGzip ? await unpack(packed) : packed;
    const parsed = z.safeParse(recordSchema, JSON.parse(json.toString('utf8')));
    return parsed.success ? toRelease(parsed.data) : undefined;
  } catch {
    return undefined;
  }
}

async function unpack(packed: Buffer): Promise<Buffer> {
  const { gunzip } = await import('node:zlib');
  return new Promise((resolve, reject) => {
    gunzip(packed, { maxOutputLength: longestRecord }, (error, unpacked) =>
      error ? reject(error) : resolve(unpacked),
    );
  });
}

function toRelease(record: z.infer<typeof recordSchema>): StoredRelease {
  const { info, chart } = record;
  return {
    name: record.name,
    namespace: record.namespace,
    revision: record.version,
    status: info.status,
    chartName: chart.metadata.name,
    chartVersion: chart.metadata.version,
    appVersion: chart.metadata.appVersion,
    updated: info.last_deployed,
    values: record.config,
    manifest: record.manifest,
    description: info.description,
    firstDeployed: info.first_deployed,
    notes: info.notes,
    chartValues: chart.values,
    ...(record.apply_method !== undefined && { applyMethod: record.apply_method }),
  };
}
