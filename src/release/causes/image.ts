import type { Pod } from '../../cluster/objects.ts';
import { kubectlCommand, ownCommand } from '../command-text.ts';
import { containersOf } from '../pod-state.ts';
import { type CauseContext, eventsOf, oneLine, quoteEvent, type Suspicion } from './suspicion.ts';

/** Waiting reasons of the kubelet when an image cannot be had (pkg/kubelet/images/types.go). */
const imageReasons = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'ErrImageNeverPull',
  'ImageInspectError',
  'InvalidImageName',
  'RegistryUnavailable',
  'SignatureValidationFailed',
]);

/** Answers of registries that no further try will change. */
const missing =
  /not found|manifest unknown|does not exist|name unknown|no such (?:image|manifest)/i;
const refused = /unauthorized|authentication required|denied|forbidden|no basic auth/i;
const malformed = /invalid reference format|InvalidImageName|couldn't parse image/i;
const wrongPlatform = /no match(?:ing)?(?: manifest)? for platform|exec format/i;
const neverPulled = /ErrImageNeverPull|SignatureValidationFailed/;

/** A pod whose image cannot be pulled. */
export function findImageCauses(pod: Pod, context: CauseContext): Suspicion[] {
  return containersOf(pod).flatMap((status): Suspicion[] => {
    const waiting = status.state.waiting;
    if (!waiting?.reason || !imageReasons.has(waiting.reason)) return [];
    const image =
      [...pod.spec.containers, ...pod.spec.initContainers].find(({ name }) => name === status.name)
        ?.image ??
      status.image ??
      'unknown';
    const events = eventsOf(context.snapshot, pod.metadata, /^(?:Failed|InspectFailed|BackOff)$/)
      .map(quoteEvent)
      .filter((line) => line.includes(image) || /image|pull/i.test(line));
    const said = [`${waiting.reason}: ${oneLine(waiting.message)}`, ...events];
    const kind = classify(said.join('\n'));
    return [
      {
        key: `${pod.metadata.uid}/image`,
        group: `image ${image}`,
        settles: kind.final ? 'now' : 'image',
        diagnosis: {
          cause: 'image-pull',
          object: `Pod ${pod.metadata.name}`,
          message: `${pod.metadata.name} cannot start: ${kind.message(image)}`,
          evidence: [
            `image ${image}${pod.spec.nodeName ? `, on node ${pod.spec.nodeName}` : ''}`,
            ...said.filter((line) => !line.endsWith(': ')).map(context.redact),
          ],
          next: kind.next(context, pod.metadata.name),
        },
      },
    ];
  });
}

interface ImageFailure {
  readonly final: boolean;
  readonly message: (image: string) => string;
  readonly next: (context: CauseContext, pod: string) => string;
}

const chooseImage = ({ target }: CauseContext) =>
  `Choose an image that exists: ${ownCommand(target, 'upgrade', '--image', 'REPOSITORY:TAG')}`;

function classify(said: string): ImageFailure {
  if (refused.test(said) && !/rate limit|toomanyrequests/i.test(said))
    return {
      final: true,
      message: (image) =>
        `the registry denies access to ${image}: it needs credentials, or does not exist`,
      next: ({ target }) =>
        'Create a Secret with the registry’s credentials (kubectl create secret docker-registry) ' +
        `and name it: ${ownCommand(target, 'upgrade', '--image-pull-secret', 'NAME')}`,
    };
  if (wrongPlatform.test(said))
    return {
      final: true,
      message: (image) => `the image ${image} is not built for this node’s architecture`,
      next: chooseImage,
    };
  if (missing.test(said))
    return {
      final: true,
      message: (image) => `the registry has no image ${image}`,
      next: chooseImage,
    };
  if (malformed.test(said))
    return {
      final: true,
      message: (image) => `“${image}” is not a valid image reference`,
      next: chooseImage,
    };
  return {
    final: neverPulled.test(said),
    message: (image) => `its image ${image} cannot be pulled`,
    next: ({ target }, pod) =>
      `See what the node reports: ${kubectlCommand(target, 'describe', 'pod', pod)}`,
  };
}
