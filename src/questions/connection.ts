import type { Values } from '../values/schema/index.ts';
import type { Tree } from '../values/tree.ts';
import { textQuestion } from './kinds.ts';
import { plainOption, seen } from './options.ts';
import { parseSecretReference } from './parse.ts';
import { accept, type Option, type Question, type QuestionContext, reject } from './question.ts';

type Backend = 'redis' | 'nats';

/** What the chart takes as the server's URL, several with commas between them. */
const urls: Readonly<Record<Backend, { readonly form: RegExp; readonly example: string }>> = {
  redis: {
    form: /^rediss?:\/\/[^\s,]+(\s*,\s*rediss?:\/\/[^\s,]+)*$/,
    example: 'redis://redis:6379',
  },
  nats: {
    form: /^(nats|tls|wss?):\/\/[^\s,]+(\s*,\s*(nats|tls|wss?):\/\/[^\s,]+)*$/,
    example: 'nats://nats:4222',
  },
};

function secretQuestion(backend: Backend, product: string): Question {
  return textQuestion({
    id: `${backend}-secret`,
    short: 'Secret {}',
    section: 'connection',
    title: `Which Secret holds the ${product} URL?`,
    when: ({ dispatch }) => dispatch.backend === backend,
    placeholder: 'NAME[/KEY]',
    help: `an existing Secret that holds the ${product} URL (default key: url)`,
    needs: ['secretNames'],
    options: secretOptions,
    read: ({ dispatch }) => readReference(dispatch[backend]),
    write: (answer) => {
      if (answer === '') return accept(connection(backend, { existingSecret: '' }));
      return parseSecretReference(answer, (name, key) =>
        connection(backend, {
          existingSecret: name,
          existingSecretKey: key,
          // A weaker layer's URL must not compete with the Secret, nor the other way round.
          url: '',
        }),
      );
    },
  });
}

function readReference(server: Values['dispatch'][Backend]): string {
  const { existingSecret: name, existingSecretKey: key } = server;
  return name === '' || key === 'url' ? name : `${name}/${key}`;
}

function secretOptions({ facts }: QuestionContext): readonly Option[] {
  return [
    { value: '', label: 'none', description: 'give the URL next; a password goes into a Secret' },
    ...(seen(facts, 'secretNames')?.opaque ?? []).map((name) =>
      plainOption(name, 'the URL under its key url; another key: NAME/KEY'),
    ),
  ];
}

function urlQuestion(backend: Backend, product: string): Question {
  const { form, example } = urls[backend];
  return {
    id: `${backend}-url`,
    section: 'connection',
    title: `What is the ${product} URL?`,
    kind: 'secret',
    when: ({ dispatch }) => dispatch.backend === backend && !dispatch[backend].existingSecret,
    flag: `${backend}-url`,
    placeholder: 'URL',
    help: `the ${product} URL; with a password, only from the variable or a file`,
    needs: ['knownServices'],
    options: ({ facts }) =>
      (seen(facts, 'knownServices') ?? [])
        .filter(({ kind }) => kind === backend)
        .map(({ namespace, name, port }) =>
          plainOption(`${backend}://${name}.${namespace}.svc:${port}`, 'found in this cluster'),
        ),
    read: ({ dispatch }) => dispatch[backend].url || undefined,
    missing: ({ dispatch }) =>
      dispatch[backend].url || dispatch[backend].existingSecret
        ? undefined
        : {
            message: `XERV needs the ${product} URL, or a Secret that holds it.`,
            next: `Type it, for example: ${example}. For a Secret, go back.`,
          },
    // The answer is not repeated: it may hold a password.
    write: (answer) =>
      form.test(answer)
        ? accept(connection(backend, { url: answer, existingSecret: '' }))
        : reject(`That is not a URL of ${product}`, `For example: ${example}`),
  };
}

function connection(backend: Backend, values: Tree): Tree {
  return { dispatch: { [backend]: values } };
}

export const connectionQuestions: readonly Question[] = [
  secretQuestion('redis', 'Redis'),
  urlQuestion('redis', 'Redis'),
  secretQuestion('nats', 'NATS'),
  urlQuestion('nats', 'NATS'),
];
