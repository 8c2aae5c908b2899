import * as z from 'zod/mini';
import type { ApiAnswer } from './transport.ts';
import type { ApiFailure } from './types.ts';

/** The API server's Status object, as far as we read it. */
const statusSchema = z.looseObject({
  kind: z.literal('Status'),
  message: z.optional(z.string()),
  reason: z.optional(z.string()),
  details: z.optional(
    z.looseObject({
      causes: z.optional(
        z.array(z.looseObject({ field: z.optional(z.string()), message: z.optional(z.string()) })),
      ),
    }),
  ),
});

/** Reads an answer that is not a success. */
export function toApiFailure(answer: ApiAnswer): ApiFailure {
  const status = parseStatus(answer.body);
  if (!status) return fromPlainText(answer);
  const causes = (status.details?.causes ?? []).map(({ field, message }) => ({
    ...(field !== undefined && { field }),
    message: message ?? '',
  }));
  return {
    kind: kindOf(answer.status, status.reason),
    status: answer.status,
    message: status.message ?? status.reason ?? `HTTP ${answer.status}`,
    ...(status.reason !== undefined && { reason: status.reason }),
    ...(causes.length > 0 && { causes }),
  };
}

function parseStatus(body: string): z.infer<typeof statusSchema> | undefined {
  if (!body.startsWith('{')) return undefined;
  try {
    return z.safeParse(statusSchema, JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}

function kindOf(status: number, reason: string | undefined): ApiFailure['kind'] {
  if (reason === 'Timeout' || reason === 'ServerTimeout') return 'timeout';
  switch (status) {
    case 401:
      return 'unauthorized';
    case 403:
      return 'forbidden';
    case 404:
      return 'not-found';
    case 409:
      return 'conflict';
    case 400:
    case 422:
      return 'invalid';
    case 504:
      return 'timeout';
    default:
      return 'other';
  }
}

/**
 * Text instead of a Status: kubectl's proxy could not pass the request on and says why (500 or
 * 502), or something between us and the API server answered.
 */
function fromPlainText({ status, body }: ApiAnswer): ApiFailure {
  const words = body.trim().slice(0, 2_000);
  const message = words || `HTTP ${status} without a message`;
  if (status < 500) return { kind: kindOf(status, undefined), status, message };
  return { kind: kindOfConnectionWords(words) ?? 'other', status, message };
}

/** The words of Go's network and credential code, from kubectl and from helm alike. */
const connectionWords: readonly { kind: 'unauthorized' | 'unreachable'; pattern: RegExp }[] = [
  {
    kind: 'unauthorized',
    pattern:
      /getting credentials|exec plugin|oauth2:|refresh token|must be logged in|\(?Unauthorized\)?/,
  },
  {
    kind: 'unreachable',
    pattern:
      /dial (tcp|unix)|lookup .* (on|:)|no such host|connection refused|connection reset|was refused|no route to host|network is unreachable|i\/o timeout|TLS handshake timeout|x509:|tls:|proxyconnect|server gave HTTP response|Unable to connect|unexpected EOF|^EOF$/m,
  },
];

/** Why there is no way to the API server, or undefined where the words do not tell. */
export function kindOfConnectionWords(words: string): 'unauthorized' | 'unreachable' | undefined {
  return connectionWords.find(({ pattern }) => pattern.test(words))?.kind;
}
