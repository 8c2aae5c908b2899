import { accept, type Question, reject } from './question.ts';

/**
 * Takes `REPOSITORY[:TAG][@DIGEST]` apart. A colon starts the tag only after the last slash; before
 * it, it belongs to a registry's port. What is omitted is left to the chart.
 */
function parseImage(answer: string) {
  const [name = '', digest, ...rest] = answer.split('@');
  const colon = name.indexOf(':', name.lastIndexOf('/') + 1);
  const repository = colon === -1 ? name : name.slice(0, colon);
  const tag = colon === -1 ? undefined : name.slice(colon + 1);
  const isValid =
    rest.length === 0 &&
    /^[a-z0-9]([a-z0-9._:/-]*[a-z0-9])?$/i.test(repository) &&
    (tag === undefined || /^\w[\w.-]{0,127}$/.test(tag)) &&
    (digest === undefined || /^sha256:[a-f0-9]{64}$/.test(digest));
  return isValid ? { repository, tag, digest } : undefined;
}

export const imageQuestions: readonly Question[] = [
  {
    id: 'image',
    section: 'resources',
    title: 'Which image?',
    kind: 'text',
    flagOnly: true,
    flag: 'image',
    placeholder: 'REPO[:TAG][@DIGEST]',
    help: "the server's image",
    read: ({ image }) => `${image.repository}${image.tag ? `:${image.tag}` : ''}`,
    write: (answer) => {
      const image = parseImage(answer);
      if (!image) return reject(`"${answer}" is not an image`, 'Give REPOSITORY[:TAG][@sha256:…]');
      const { repository, tag, digest } = image;
      // A digest of a weaker layer would win over the tag that is asked for here.
      return accept({ image: { repository, ...(tag && { tag }), digest: digest ?? '' } });
    },
  },
  {
    id: 'image-pull-secret',
    section: 'resources',
    title: 'Which Secret may pull the image?',
    kind: 'text',
    flagOnly: true,
    flag: 'image-pull-secret',
    placeholder: 'NAME',
    help: 'an existing Secret with the credentials of the image registry',
    read: ({ imagePullSecrets }) => imagePullSecrets[0]?.name,
    write: (answer) => accept({ imagePullSecrets: [{ name: answer }] }),
  },
];
