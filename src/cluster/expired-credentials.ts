import { readFile } from 'node:fs/promises';
import { delimiter, dirname, resolve } from 'node:path';
import { FAILSAFE_SCHEMA, loadAll } from 'js-yaml';
import * as z from 'zod/mini';
import type { ClusterAccess } from './types.ts';

/** A credential outside of its time. Of the credential itself nothing is kept. */
export interface StaleCredential {
  readonly what: 'client certificate' | 'token';
  /** Whether its time is over, or has not come yet. */
  readonly is: 'expired' | 'early';
  /** When it ended, or begins. */
  readonly at: Date;
  /** Where it stands: of which user, in which file. */
  readonly where: string;
}

interface Span {
  readonly from: Date | undefined;
  readonly until: Date | undefined;
}

const text = z.optional(z.string());
const user = z.object({
  'client-certificate': text,
  'client-certificate-data': text,
  token: text,
  tokenFile: text,
  exec: z.optional(z.unknown()),
  'auth-provider': z.optional(z.unknown()),
});
type User = z.infer<typeof user>;
const entries = z.catch(
  z.array(
    z.object({ name: z.string(), context: z.optional(z.unknown()), user: z.optional(z.unknown()) }),
  ),
  [],
);
const files = z.object({ contexts: z._default(entries, []), users: z._default(entries, []) });
const contextUser = z.object({ user: z.string() });

/** Where a pod finds its token. */
const podToken = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/**
 * Looks whether what the kubeconfig gives to log in with has run out, once a cluster has refused it:
 * a client certificate, or a token that tells its time (JWT). What a login program gives cannot be
 * told, and no server is asked.
 * @returns undefined where nothing has, or nobody can tell
 * @throws never
 */
export async function findStaleCredential(
  { kubeconfig, context }: Pick<ClusterAccess, 'kubeconfig' | 'context'>,
  now = new Date(),
): Promise<StaleCredential | undefined> {
  try {
    if (kubeconfig === undefined)
      return staleIn('token', spanOfToken(await readText(podToken)), podToken, now);
    const found = await findUser(kubeconfig.split(delimiter), context);
    return found && (await staleOf(found, now));
  } catch {
    // Then the server's own words are all there is.
    return undefined;
  }
}

interface FoundUser {
  readonly name: string;
  readonly path: string;
  readonly user: User;
}

/** By kubectl's rule: the first file that has the entry wins. */
async function findUser(
  paths: readonly string[],
  context: string | undefined,
): Promise<FoundUser | undefined> {
  const read = await Promise.all(
    paths.map(async (path) => {
      const [first] = loadAll(await readText(path), { schema: FAILSAFE_SCHEMA, json: true });
      return { path, ...z.parse(files, first ?? {}) };
    }),
  );
  const chosen = read.flatMap(({ contexts }) => contexts).find(({ name }) => name === context);
  const { data } = z.safeParse(contextUser, chosen?.context);
  for (const { path, users } of read) {
    const entry = users.find(({ name }) => name === data?.user);
    if (entry) return { name: entry.name, path, user: z.parse(user, entry.user ?? {}) };
  }
  return undefined;
}

async function staleOf({ name, path, user: given }: FoundUser, now: Date) {
  // These get other credentials than stand there.
  if (given.exec !== undefined || given['auth-provider'] !== undefined) return undefined;
  const where = `user ${name} in ${path}`;
  const near = (file: string) => resolve(dirname(path), file);
  const data = given['client-certificate-data'];
  const file = given['client-certificate'];
  if (data || file) {
    const pem = data ? Buffer.from(data, 'base64').toString() : await readText(near(file ?? ''));
    const stale = staleIn('client certificate', await spanOfCertificate(pem), where, now);
    if (stale) return stale;
  }
  const token = given.tokenFile ? await readText(near(given.tokenFile)) : given.token;
  return token ? staleIn('token', spanOfToken(token), where, now) : undefined;
}

const readText = (path: string) => readFile(path, 'utf8');

function staleIn(
  what: StaleCredential['what'],
  { from, until }: Span,
  where: string,
  now: Date,
): StaleCredential | undefined {
  if (until && until <= now) return { what, is: 'expired', at: until, where };
  return from && from > now ? { what, is: 'early', at: from, where } : undefined;
}

/** The first of a chain is the user's own. */
async function spanOfCertificate(pem: string): Promise<Span> {
  const { X509Certificate } = await import('node:crypto');
  const { validFrom, validTo } = new X509Certificate(pem);
  return { from: dateOf(Date.parse(validFrom)), until: dateOf(Date.parse(validTo)) };
}

const claims = z.object({ exp: z.optional(z.number()), nbf: z.optional(z.number()) });

/** Source: RFC 7519, sections 3 and 4.1; a token of another form tells nothing. */
function spanOfToken(token: string): Span {
  const parts = token.trim().split('.');
  const none = { from: undefined, until: undefined };
  if (parts.length !== 3) return none;
  try {
    const payload: unknown = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString());
    const { exp, nbf } = z.parse(claims, payload);
    const seconds = (value: number | undefined) => dateOf((value ?? Number.NaN) * 1000);
    return { from: seconds(nbf), until: seconds(exp) };
  } catch {
    return none;
  }
}

function dateOf(milliseconds: number): Date | undefined {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
