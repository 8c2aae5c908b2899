import type { Tree } from '../values/tree.ts';
import { type Answer, accept, reject } from './question.ts';

/** A whole number, from `least` on. */
export function parseCount(answer: string, values: (count: number) => Tree, least = 0): Answer {
  if (!/^\d{1,6}$/.test(answer))
    return reject('That is not a whole number', 'Use digits only, such as 3');
  const count = Number(answer);
  return count < least ? reject(`It must be at least ${least}`) : accept(values(count));
}

/** The name of an object (DNS-1123 subdomain). */
const name = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

/** The name of an object, or nothing. */
export function parseName(answer: string, values: (name: string) => Answer): Answer {
  return answer === '' || name.test(answer)
    ? values(answer)
    : reject('That is not a name', 'Names have lower-case letters, digits, - and .');
}

/** `NAME` or `NAME/KEY`, as flags name a Secret; its key is `url` where none is given. */
export function parseSecretReference(
  answer: string,
  values: (name: string, key: string) => Tree,
): Answer {
  const [secret = '', key = 'url', ...rest] = answer.split('/');
  const keyIsValid = /^[-._a-zA-Z0-9]{1,253}$/.test(key);
  if (!name.test(secret) || !keyIsValid || rest.length > 0)
    return reject('expected NAME or NAME/KEY of a Secret', 'For example: redis-credentials/url');
  return accept(values(secret, key));
}

/** A list with commas between its items, each once and free of blanks around it. */
export function splitList(answer: string): readonly string[] {
  const items = answer.split(',').map((item) => item.trim());
  return [...new Set(items.filter((item) => item !== ''))];
}

/** A list of which each item is as it must be; empty where nothing was given. */
export function parseList(
  answer: string,
  {
    item,
    what,
    example,
  }: { readonly item: RegExp; readonly what: string; readonly example: string },
  values: (items: readonly string[]) => Answer,
): Answer {
  const items = splitList(answer);
  const wrong = items.find((one) => !item.test(one));
  return wrong === undefined
    ? values(items)
    : reject(`One of the items is not ${what}`, `For example: ${example}`);
}

/** A name of the DNS, which may start with `*.`. */
export const hostName = /^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** The name of a namespace (DNS-1123 label). */
export const namespaceName = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** `host:port`; the address of IPv6 in brackets. */
const hostAndPort = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?|\[[0-9a-f:.]+\]):[1-9]\d{0,4}$/i;

/** `HOST:PORT`, or nothing. */
export function parseHostAndPort(answer: string, values: (address: string) => Tree): Answer {
  return answer === '' || hostAndPort.test(answer)
    ? accept(values(answer))
    : reject('expected HOST:PORT', 'For example: redis.data.svc:6379');
}

/** `http://…` or `https://…`. What was given is not repeated: it may hold a password. */
export function parseHttpUrl(answer: string, values: (url: string) => Tree): Answer {
  return /^https?:\/\/[^\s/]+(\/\S*)?$/.test(answer)
    ? accept(values(answer))
    : reject('expected a URL with http:// or https://', 'For example: http://prometheus:9090');
}
