import { isImageName } from '../values/image-name.ts';
import { textQuestion } from './kinds.ts';
import { plainOption, seen } from './options.ts';
import { parseName } from './parse.ts';
import { accept, type Question, reject } from './question.ts';

/**
 * Takes `REPOSITORY[:TAG][@DIGEST]` apart. A colon starts the tag only after the last slash; before
 * it, it belongs to a registry's port. What is omitted is left to the chart, not to weaker values.
 */
function parseImage(answer: string) {
  const [name = '', digest, ...rest] = answer.split('@');
  const colon = name.indexOf(':', name.lastIndexOf('/') + 1);
  const repository = colon === -1 ? name : name.slice(0, colon);
  const tag = colon === -1 ? undefined : name.slice(colon + 1);
  return rest.length === 0 && isImageName(answer) ? { repository, tag, digest } : undefined;
}

export const imageQuestions: readonly Question[] = [
  textQuestion({
    id: 'image',
    short: 'image {}',
    section: 'resources',
    title: 'Which image?',
    flagOnly: true,
    placeholder: 'REPO[:TAG][@DIGEST]',
    help: "the server's image",
    read: ({ image: { repository, tag, digest } }) =>
      `${repository}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`,
    write: (answer) => {
      const image = parseImage(answer);
      if (!image) return reject('That is not an image', 'Give REPOSITORY[:TAG][@sha256:…]');
      const { repository, tag = '', digest = '' } = image;
      return accept({ image: { repository, tag, digest } });
    },
  }),
  textQuestion({
    id: 'image-pull-secret',
    short: 'pulled with {}',
    section: 'resources',
    title: 'Which Secret holds the pull credentials?',
    flagOnly: true,
    placeholder: 'NAME',
    help: 'an existing Secret with the credentials of the image registry',
    needs: ['secretNames'],
    options: ({ facts }) => [
      { value: '', label: 'none', description: 'a registry without a password' },
      ...(seen(facts, 'secretNames')?.registry ?? []).map((name) =>
        plainOption(name, 'credentials of a registry'),
      ),
    ],
    read: ({ imagePullSecrets: [first] }) => first?.name ?? '',
    write: (answer) =>
      parseName(answer, (name) => accept({ imagePullSecrets: name === '' ? [] : [{ name }] })),
  }),
];
