import type { FactValue } from '../../cluster/facts/facts.ts';
import { isImageName } from '../../values/image-name.ts';
import { mayRunOn } from '../fit/pack.ts';
import { hasPods, podGroups } from '../fit/pods.ts';
import { at, listAt, textAt } from '../fit/read.ts';
import type { Check, CheckInput, Remedy, Verdict } from '../types.ts';
import { fail, pass, skip, warn, withFact } from '../verdicts.ts';
import { publicImage } from './backend.ts';

/** The public image is built for amd64 only. */
const publicArchitecture = 'amd64';
const architectureLabel = 'kubernetes.io/arch';

/** The images, and the nodes that are to run them. */
export const imageChecks: readonly Check[] = [
  {
    id: 'XV-810',
    category: 'pods',
    title: 'The nodes can run the image',
    why: 'A pod whose image cannot be pulled never starts; one whose image is built for another architecture exits at once.',
    reads:
      'image.repository, the architecture and OS of the nodes that the pods may run on, the pods’ pull secrets; the registry itself is not queried',
    rules: ['D81'],
    applies: ({ objects }) => hasPods(objects),
    needs: ({ values }) => [
      'nodes',
      ...(values.imagePullSecrets.length > 0 ? ['secrets' as const] : []),
    ],
    run: (input) =>
      [
        ...windowsFindings(input),
        ...(input.values.image.repository === publicImage
          ? [
              withFact(input.facts, 'nodes', 'the nodes', (nodes) =>
                judgeArchitecture(nodes, input),
              ),
            ]
          : []),
        ...(input.values.imagePullSecrets.length > 0
          ? [
              withFact(input.facts, 'secrets', 'the pull secrets', (secrets) =>
                judgePullSecrets(secrets, input),
              ),
            ]
          : []),
        skip(
          input.values.image.repository === publicImage
            ? 'Whether the nodes can pull the image was not checked.'
            : `Whether the nodes can pull ${input.values.image.repository}, and for which architectures it is built, was not checked.`,
        ),
      ].flat(),
  },
  {
    id: 'XV-811',
    category: 'pods',
    title: 'The image names are valid',
    why: 'The API server accepts any text as an image. The kubelet does not: with upper-case letters, spaces or two tags the pod is stuck with InvalidImageName, and no registry is asked.',
    reads: 'the image of every rendered container, including those of extraObjects',
    rules: ['D81'],
    anyChart: true,
    applies: ({ objects }) => namedImages(objects).length > 0,
    needs: () => [],
    run: ({ objects }) => {
      const wrong = namedImages(objects).filter(({ image }) => !isImageName(image));
      if (wrong.length === 0) return pass('Every name is valid.');
      return fail('The kubelet would reject an image name.', {
        evidence: wrong.map(
          ({ object, container, image }) =>
            `${object}: container ${container}: image ${JSON.stringify(image)}`,
        ),
        remedies: [
          {
            text: 'Write it as REGISTRY/REPOSITORY:TAG, with the repository in lower case, one tag of at most 128 characters, and no spaces.',
          },
        ],
      });
    },
  },
];

/** Every container of every pod or template of pods, however deep a kind of somebody has it. */
function namedImages(objects: CheckInput['objects']) {
  return objects.flatMap((object) =>
    podSpecsOf(object).flatMap((spec) =>
      [...listAt(spec, 'initContainers'), ...listAt(spec, 'containers')].flatMap((container) => {
        const image = textAt(container, 'image');
        return image === ''
          ? []
          : [
              {
                object: `${object.kind} ${object.metadata.name}`,
                container: textAt(container, 'name'),
                image,
              },
            ];
      }),
    ),
  );
}

/** Of a pod, of what makes pods, and of what makes jobs. */
const podSpecsOf = (object: CheckInput['objects'][number]): readonly unknown[] =>
  object.kind === 'Pod'
    ? [at(object, 'spec')]
    : [
        at(object, 'spec', 'template', 'spec'),
        at(object, 'spec', 'jobTemplate', 'spec', 'template', 'spec'),
      ];

const systemLabel = 'kubernetes.io/os';

/** Images of XERV are for Linux, whoever made them; nodes with Windows need not be tainted. */
function windowsFindings({ facts: { nodes }, objects }: CheckInput): readonly Verdict[] {
  const [group] = podGroups(objects, {});
  const seen = nodes?.state === 'known' ? nodes.value.seen : [];
  const wrong = seen.filter(
    (node) => group && node.labels[systemLabel] === 'windows' && mayRunOn(group, node),
  );
  const [first] = wrong;
  if (!first) return [];
  return [
    warn('Pods may land on Windows nodes, which cannot run them.', {
      evidence: [`${wrong.length} nodes with ${systemLabel}: windows, such as ${first.name}`],
      remedies: [
        {
          text: 'Run on Linux only.',
          changes: [{ path: ['nodeSelector', systemLabel], value: 'linux' }],
        },
      ],
    }),
  ];
}

function judgeArchitecture({ seen, complete }: FactValue<'nodes'>, input: CheckInput): Verdict {
  const [group] = podGroups(input.objects, {});
  const matching = seen.filter((node) => !group || mayRunOn(group, node));
  const architectures = [
    ...new Set(matching.flatMap(({ labels }) => labels[architectureLabel] ?? [])),
  ];
  const others = architectures.filter((one) => one !== publicArchitecture);
  if (others.length === 0) return pass('The nodes match the architecture of the public image.');
  const evidence = [
    `nodes: ${architectureLabel} ${architectures.join(', ')}`,
    `image.repository: ${publicImage}, for ${publicArchitecture} only`,
  ];
  const ownImage: Remedy = {
    text: `Use an image that is built for ${others.join(' and ')}: --image REPOSITORY:TAG`,
  };
  if (others.length === architectures.length && complete)
    return fail(`The nodes are ${others.join(' and ')}, for which the public image is not built.`, {
      evidence,
      remedies: [ownImage],
    });
  return warn(
    `Pods may land on nodes with ${others.join(' and ')}, for which the public image is not built.`,
    {
      evidence,
      remedies: [
        {
          text: `Run on ${publicArchitecture} only.`,
          changes: [{ path: ['nodeSelector', architectureLabel], value: publicArchitecture }],
        },
        {
          ...ownImage,
          text: `Or ${ownImage.text.charAt(0).toLowerCase()}${ownImage.text.slice(1)}`,
        },
      ],
    },
  );
}

function judgePullSecrets(secrets: FactValue<'secrets'>, { values, target }: CheckInput): Verdict {
  const named = values.imagePullSecrets.map(({ name }) => name);
  const missing = named.filter((name) => secrets[name]?.exists === false);
  const wrong = named.filter((name) => {
    const secret = secrets[name];
    return secret?.exists && !/^kubernetes\.io\/docker(cfg|configjson)$/.test(secret.type);
  });
  if (missing.length > 0)
    return fail(`There is no pull secret ${missing.join(', ')} in namespace ${target.namespace}.`, {
      evidence: missing.map((name) => `imagePullSecrets: ${name}; no Secret of that name`),
      remedies: missing.map((name) => ({
        text: 'Create it:',
        command: `kubectl -n ${target.namespace} create secret docker-registry ${name} --docker-server=REGISTRY --docker-username=USER --docker-password=PASSWORD`,
      })),
    });
  if (wrong.length > 0)
    return fail(`Secret ${wrong.join(', ')} is not an image pull secret.`, {
      evidence: wrong.map((name) => `Secret ${name}: type ${secrets[name]?.type}`),
      remedies: [{ text: 'Name a Secret of type kubernetes.io/dockerconfigjson.' }],
    });
  return pass('The pull secrets are there.');
}
