/** A URL inside a text whose user information stands at `start` up to `end` (the `@`). */
export interface UrlUserInfo {
  /** In lower case, without `://`. */
  readonly scheme: string;
  readonly start: number;
  readonly end: number;
  /** Whether it is a credential: a password, or for NATS also a token in the user's place. */
  readonly secret: boolean;
}

/** Schemes of the dispatch backends; an `@` anywhere in such a URL ends its user information. */
const backendSchemes = new Set(['redis', 'rediss', 'nats', 'tls', 'ws', 'wss']);
/** There the user's place may hold a token: https://docs.nats.io/using-nats/developer/connecting/token */
const tokenSchemes = new Set(['nats', 'tls', 'ws', 'wss']);

const urlStart = /([a-z][a-z0-9+.-]*):\/\//gi;
const host = /^(?:[\w.-]*|\[[0-9a-f:.%]+\])(?::\d*)?$/i;

/**
 * Every user information of every URL in a text. Errs on the side of taking too much: a password
 * with an unescaped `@`, `/`, `#` or `,` is found whole.
 */
export function findUserInfo(text: string): readonly UrlUserInfo[] {
  const starts = [...text.matchAll(urlStart)];
  return starts.flatMap((match, index) => {
    const scheme = (match[1] ?? '').toLowerCase();
    const start = match.index + match[0].length;
    const next = starts[index + 1]?.index ?? text.length;
    const length = userInfoLength(scheme, text.slice(start, next));
    if (length === undefined) return [];
    const userInfo = text.slice(start, start + length);
    return [{ scheme, start, end: start + length, secret: isSecret(scheme, userInfo) }];
  });
}

/** @param rest what follows `://`, up to the next URL */
function userInfoLength(scheme: string, rest: string): number | undefined {
  const authority = /^[^\s/?#"'`<>,]*/.exec(rest)?.[0] ?? '';
  const token = /^[^\s"'`<>]*/.exec(rest)?.[0] ?? '';
  const line = /^[^\r\n]*/.exec(rest)?.[0] ?? '';
  const within = backendSchemes.has(scheme) && token.includes('@') ? token : authority;
  // Neither host nor host:port, so a password whose special characters are not escaped.
  const odd = !within.includes('@') && !host.test(authority);
  const end = (odd ? line : within).lastIndexOf('@');
  return end > 0 ? end : undefined;
}

function isSecret(scheme: string, userInfo: string): boolean {
  const colon = userInfo.indexOf(':');
  if (colon >= 0 && colon < userInfo.length - 1) return true;
  return tokenSchemes.has(scheme) && userInfo.replace(/:$/, '') !== '';
}

/** Query parameters that carry a password, with the value as the second group. */
export const secretQueryParameter =
  /([?&](?:password|passwd|pass|token|secret|access_token|api_key)=)([^&#\s"'`<>,]+)/gi;
