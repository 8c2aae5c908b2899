import * as z from 'zod/mini';
import { section, value } from './documented.ts';
import { imageDigest, imageRepository, imageTag, object, stringMap, whole } from './formats.ts';

/** What every chart has: how many, which image, which names and labels. */
export const common = {
  replicaCount: value(
    whole(0),
    1,
    'Number of replicas. For raft 3, 5 or 7: an even number adds no fault tolerance. With the memory backend each replica has its own queue.',
  ),
  image: section('The XERV server image.', {
    repository: value(
      imageRepository,
      'ghcr.io/ml-rust/xerv',
      'Image repository, with its registry.',
    ),
    tag: value(
      imageTag,
      '',
      "Image tag. Empty: the chart's appVersion. Write a tag that looks like a decimal number (1.10) in quotes.",
    ),
    digest: value(
      imageDigest,
      '',
      'Image digest (sha256:…). Decides what is pulled, whatever the tag says.',
    ),
    pullPolicy: value(
      z.enum(['Always', 'IfNotPresent', 'Never']),
      'IfNotPresent',
      'Image pull policy.',
    ),
  }),
  imagePullSecrets: value(
    z.array(z.strictObject({ name: z.string().check(z.minLength(1)) })),
    [],
    'Secrets that hold the credentials of a private registry.',
    [{ name: 'registry-credentials' }],
  ),
  nameOverride: value(
    z.string().check(z.regex(/^([a-z0-9]([-a-z0-9]*[a-z0-9])?)?$/)),
    '',
    'Replaces the chart name in object names and in the label app.kubernetes.io/name.',
  ),
  fullnameOverride: value(
    z.string().check(z.regex(/^([a-z]([-a-z0-9]*[a-z0-9])?)?$/)),
    '',
    'Replaces the whole name of the objects. On a release with data, a new name means new, empty volumes.',
  ),
  commonLabels: value(stringMap, {}, 'Labels for every object and every pod.'),
  commonAnnotations: value(stringMap, {}, 'Annotations for every object (not for the pods).'),
  global: value(
    object,
    {},
    'Values that a parent chart shares with all its charts. This chart reads none of them.',
  ),
};
