import type { Tree } from '../values/tree.ts';
import { type Answer, accept, reject } from './question.ts';

/** A whole number, zero or more. */
export function parseCount(answer: string, values: (count: number) => Tree): Answer {
  if (!/^\d{1,6}$/.test(answer)) return reject(`"${answer}" is not a whole number`);
  return accept(values(Number(answer)));
}

/** `NAME` or `NAME/KEY`, as flags name a Secret. */
export function parseSecretReference(
  answer: string,
  values: (name: string, key: string | undefined) => Tree,
): Answer {
  const [name = '', key, ...rest] = answer.split('/');
  const nameIsValid = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(name);
  const keyIsValid = key === undefined || /^[-._a-zA-Z0-9]{1,253}$/.test(key);
  if (!nameIsValid || !keyIsValid || rest.length > 0)
    return reject('expected NAME or NAME/KEY of a Secret', 'For example: redis-credentials/url');
  return accept(values(name, key));
}
