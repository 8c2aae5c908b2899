import type { SecretMaterial } from './secret-material.ts';
import { isList, isTree, type Node } from './tree.ts';
import { findUserInfo, secretQueryParameter } from './url-credentials.ts';

/** What stands in the place of a secret in everything that is shown or written. */
export const secretMask = '[secret]';

/** A text with the credentials of every URL in it masked; the user's name stays where it may. */
export function maskUrl(text: string): string {
  let masked = '';
  let position = 0;
  for (const { start, end, secret } of findUserInfo(text)) {
    if (!secret || start < position) continue;
    const userInfo = text.slice(start, end);
    const colon = userInfo.indexOf(':');
    const user = colon > 0 ? userInfo.slice(0, colon + 1) : colon === 0 ? ':' : '';
    masked += text.slice(position, start) + user + secretMask;
    position = end;
  }
  return (masked + text.slice(position)).replace(secretQueryParameter, `$1${secretMask}`);
}

/** Whether a text holds a URL with a password (for NATS: or a token). */
export function hasPassword(text: string): boolean {
  return maskUrl(text) !== text;
}

/**
 * A text without any of the given secrets, neither as they are nor URL-encoded or in base64, and
 * without passwords in URLs. Of a secret that is a URL the password alone is taken out too.
 * Secrets shorter than four characters are taken out of URLs only: they would tear up every word.
 */
export function redact(text: string, secrets: readonly (string | SecretMaterial)[]): string {
  const forms = new Set(secrets.flatMap((secret) => formsOf(toText(secret))));
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  return maskUrl(longestFirst.reduce((rest, form) => rest.replaceAll(form, secretMask), text));
}

function toText(secret: string | SecretMaterial): string {
  return typeof secret === 'string' ? secret : secret.reveal();
}

function formsOf(secret: string): string[] {
  const passwords = findUserInfo(secret).flatMap(({ start, end }) => {
    const userInfo = secret.slice(start, end);
    return [userInfo, userInfo.slice(userInfo.indexOf(':') + 1)];
  });
  return [secret, ...passwords]
    .flatMap((text) => [
      text,
      decode(text),
      encodeURIComponent(Buffer.from(text).toString()),
      base64(text),
    ])
    .filter((form) => form.length >= 4);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** Names of environment variables and values that hold a secret by their name. */
const secretName =
  /(?:password|passwd|passphrase|token|api[_-]?key|access[_-]?key|private[_-]?key|secret[_-]?access[_-]?key|credentials?)$|(?:^|_)SECRET(?:$|_)/i;

/** Whether the text under this key (or of the environment variable of this name) is secret. */
export function isSecretName(name: string): boolean {
  return secretName.test(name) && !/^existing/i.test(name);
}

/**
 * A `--set` expression as it may be shown: passwords in URLs, values under keys such as
 * `password`, and values beside the name of a secret environment variable are masked.
 */
export function maskExpression(expression: string): string {
  const names = [...expression.matchAll(/\bname"?\s*[=:]\s*"?([\w-]+)/g)];
  const secretVariable = names.some(([, name = '']) => isSecretName(name));
  const isSecret = (key: string) => isSecretName(key) || (secretVariable && key === 'value');
  return maskUrl(expression)
    .replace(/([^=,]*)=((?:\\[\s\S]|[^,\\])*)/g, (all, path: string, value: string) =>
      value !== '' && isSecret(/[^.\]]*$/.exec(path)?.[0] ?? '') ? `${path}=${secretMask}` : all,
    )
    .replace(/"([^"\\]+)"(\s*:\s*)"(?:[^"\\]|\\[\s\S])+"/g, (all, key: string, colon: string) =>
      isSecret(key) ? `"${key}"${colon}"${secretMask}"` : all,
    );
}

/**
 * A node as it may be shown: passwords in URLs, texts under keys such as `password`, and the
 * values of environment variables with such a name are masked.
 *
 * @param key the key under which the node stands, where it is known
 */
export function maskNode(node: Node, key?: string): Node {
  if (typeof node === 'string') {
    return key !== undefined && node !== '' && isSecretName(key) ? secretMask : maskUrl(node);
  }
  if (isList(node)) return node.map((item) => maskNode(item));
  if (!isTree(node)) return node;
  const variable = node.name;
  const secretVariable = typeof variable === 'string' && isSecretName(variable);
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) => [
      name,
      secretVariable && name === 'value' && value !== '' ? secretMask : maskNode(value, name),
    ]),
  );
}
