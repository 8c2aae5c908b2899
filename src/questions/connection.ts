import type { Tree } from '../values/tree.ts';
import { parseSecretReference } from './parse.ts';
import { accept, type Question } from './question.ts';

type Backend = 'redis' | 'nats';

function secretQuestion(backend: Backend, product: string): Question {
  return {
    id: `${backend}-secret`,
    section: 'connection',
    title: `Which Secret holds the ${product} URL?`,
    kind: 'text',
    when: ({ dispatch }) => dispatch.backend === backend,
    flag: `${backend}-secret`,
    placeholder: 'NAME[/KEY]',
    help: `an existing Secret that holds the ${product} URL (default key: url)`,
    read: ({ dispatch }) => dispatch[backend].existingSecret || undefined,
    write: (answer) =>
      parseSecretReference(answer, (name, key) =>
        connection(backend, {
          existingSecret: name,
          // A weaker layer's URL must not compete with the Secret, nor the other way round.
          url: '',
          ...(key === undefined ? {} : { existingSecretKey: key }),
        }),
      ),
  };
}

function urlQuestion(backend: Backend, product: string): Question {
  return {
    id: `${backend}-url`,
    section: 'connection',
    title: `What is the ${product} URL?`,
    kind: 'secret',
    when: ({ dispatch }) => dispatch.backend === backend && !dispatch[backend].existingSecret,
    flag: `${backend}-url`,
    placeholder: 'URL',
    help: `the ${product} URL; one with a password is taken from the variable or a file only`,
    read: ({ dispatch }) => dispatch[backend].url || undefined,
    write: (answer) => accept(connection(backend, { url: answer, existingSecret: '' })),
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
