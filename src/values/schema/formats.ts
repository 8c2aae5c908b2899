import * as z from 'zod/mini';
import {
  digestPattern,
  imagePattern,
  longestRepository,
  repositoryPattern,
  tagPattern,
} from '../image-name.ts';

// Patterns are read by helm's engine too (Go's RE2): no look-around, no back references.

/** A whole number from `least` on, at most 2^31-1: what Kubernetes takes for most counts. */
export const whole = (least: number, most = 2_147_483_647) =>
  z.int().check(z.gte(least), z.lte(most));

export const port = whole(1, 65_535);

/** A number or percentage of pods; the empty string is "not set". */
export const podShare = z.union([whole(0), z.string().check(z.regex(/^([0-9]+%)?$/))]);

/** A resource quantity as Kubernetes reads it, as text (`500m`, `1Gi`) or as a number. */
export const quantity = z.union([
  z
    .string()
    .check(
      z.regex(/^([0-9]+\.?[0-9]*|\.[0-9]+)(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?[0-9]+)?$/),
    ),
  z.number().check(z.gte(0)),
]);

/** A string that may be written as number or boolean; the chart puts it in quotes. */
export const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** Labels, annotations, node selectors. */
export const stringMap = z.record(z.string(), scalar);

/** A list of maps that Kubernetes, not the chart, reads. */
export const objects = z.array(z.looseObject({}));

/** A map that Kubernetes, not the chart, reads. */
export const object = z.looseObject({});

export const strings = z.array(z.string());

/** The name of an object (DNS-1123 subdomain); the empty string is "none". */
export const optionalName = z
  .string()
  .check(z.maxLength(253), z.regex(/^([a-z0-9]([-a-z0-9.]*[a-z0-9])?)?$/));

export const accessMode = z.enum([
  'ReadWriteOnce',
  'ReadWriteOncePod',
  'ReadWriteMany',
  'ReadOnlyMany',
]);

/** A StorageClass by name; `""` the cluster's default, `-` none at all. */
export const storageClass = z.string().check(z.regex(/^(-|[a-z0-9]([-a-z0-9.]*[a-z0-9])?)?$/));

/** A length of time as meshes write it, with one unit or more; the empty string is "not set". */
export const duration = z.string().check(z.regex(/^(([0-9]+(\.[0-9]+)?(h|m|s|ms))+)?$/));

/** The repository of an image, with its registry; without tag and digest. */
export const imageRepository = z
  .string()
  .check(z.maxLength(longestRepository), z.regex(new RegExp(`^${repositoryPattern}$`)));

/** The same, where the empty string is "not set". */
export const optionalImageRepository = z
  .string()
  .check(z.maxLength(longestRepository), z.regex(new RegExp(`^(${repositoryPattern})?$`)));

/** A tag, which YAML may read as a number, or a digest in its place; the empty string is "not set". */
export const imageTag = z.union([
  z.string().check(z.regex(new RegExp(`^(${tagPattern}|${digestPattern})?$`))),
  z.int().check(z.gte(0)),
]);

/** A digest, which decides what is pulled; the empty string is "not set". */
export const imageDigest = z.string().check(z.regex(new RegExp(`^${digestPattern}?$`)));

/** An image with its tag or digest; the empty string is "not set". */
export const optionalImage = z.string().check(z.regex(new RegExp(`^(${imagePattern})?$`)));
