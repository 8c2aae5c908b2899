import { readFile } from 'node:fs/promises';
import { FAILSAFE_SCHEMA, loadAll } from 'js-yaml';
import * as z from 'zod/mini';
import type { Problem } from '../errors.ts';

/** What we keep of a context. Credentials are never read into our data. */
export interface KubeconfigContext {
  readonly cluster: string;
  readonly user: string;
  readonly namespace: string;
}

/** What we keep of one kubeconfig file, or of several merged. */
export interface Kubeconfig {
  readonly currentContext: string;
  readonly contexts: ReadonlyMap<string, KubeconfigContext>;
  /** Names of clusters to the addresses of their API servers. */
  readonly servers: ReadonlyMap<string, string>;
  readonly users: ReadonlySet<string>;
}

export const emptyKubeconfig: Kubeconfig = {
  currentContext: '',
  contexts: new Map(),
  servers: new Map(),
  users: new Set(),
};

/** Every scalar arrives as a string, whatever it looks like: a context may be called "1234". */
const text = z._default(z.pipe(z.string(), z.transform(nullAsEmpty)), '');

function nullAsEmpty(value: string): string {
  return value === 'null' || value === '~' ? '' : value;
}

/** A list that may be missing, empty or `null`, which is what kubectl writes for an empty one. */
function listOf<T extends z.ZodMiniType>(item: T) {
  const empty = z.pipe(
    z.enum(['', 'null', '~']),
    z.transform((): z.infer<T>[] => []),
  );
  return z._default(z.union([z.array(item), empty]), []);
}

const fileSchema = z.looseObject({
  'current-context': text,
  contexts: listOf(
    z.object({
      name: text,
      context: z._default(z.object({ cluster: text, user: text, namespace: text }), {
        cluster: '',
        user: '',
        namespace: '',
      }),
    }),
  ),
  clusters: listOf(
    z.object({ name: text, cluster: z._default(z.object({ server: text }), { server: '' }) }),
  ),
  users: listOf(z.object({ name: text })),
});

export type ReadKubeconfig =
  | { readonly state: 'read'; readonly config: Kubeconfig }
  | { readonly state: 'missing' }
  | { readonly state: 'broken'; readonly problem: Problem };

/**
 * Reads one kubeconfig file, YAML or JSON. Problems name the file and the line and never quote
 * it, since it holds credentials.
 */
export async function readKubeconfigFile(path: string): Promise<ReadKubeconfig> {
  let content: string;
  try {
    content = await readFile(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { state: 'missing' };
    return broken(path, 'cannot be read', reasons[code ?? ''] ?? code ?? 'unknown reason');
  }
  const quickly = readQuickly(content);
  if (quickly.success) return toKubeconfig(path, quickly.data);
  const { explainKubeconfig } = await import('./explain-kubeconfig.ts');
  const plain = explainKubeconfig(content);
  if (plain.problem) return broken(path, 'is not valid YAML', plain.problem);
  if (plain.value === null || plain.value === '') return { state: 'read', config: emptyKubeconfig };
  const parsed = z.safeParse(fileSchema, plain.value);
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join('.') || 'the file';
    return broken(path, 'is not a kubeconfig', `${where} is not what kubectl expects there`);
  }
  return toKubeconfig(path, parsed.data);
}

/** Most files are in order; what is wrong with one is found by a parser that takes its time. */
function readQuickly(content: string): z.core.util.SafeParseResult<z.infer<typeof fileSchema>> {
  try {
    const [first] = loadAll(content, { schema: FAILSAFE_SCHEMA, json: true });
    return z.safeParse(fileSchema, first);
  } catch {
    return z.safeParse(fileSchema, undefined);
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a directory',
};

function toKubeconfig(path: string, file: z.infer<typeof fileSchema>): ReadKubeconfig {
  for (const [kind, list] of [
    ['context', file.contexts],
    ['cluster', file.clusters],
    ['user', file.users],
  ] as const) {
    const twice = list.find(
      ({ name }, index) => list.findIndex((one) => one.name === name) < index,
    );
    if (twice) return broken(path, 'is not a kubeconfig', `it has the ${kind} ${twice.name} twice`);
  }
  const config = {
    currentContext: file['current-context'],
    contexts: new Map(file.contexts.map(({ name, context }) => [name, context])),
    servers: new Map(file.clusters.map(({ name, cluster }) => [name, cluster.server])),
    users: new Set(file.users.map(({ name }) => name)),
  };
  return { state: 'read', config };
}

function broken(path: string, what: string, why: string): ReadKubeconfig {
  const problem = {
    message: `The kubeconfig ${path} ${what}.`,
    why,
    next: 'Mend it, or name another with --kubeconfig or KUBECONFIG.',
    where: path,
  };
  return { state: 'broken', problem };
}

/**
 * Merges files by kubectl's rule: the first file that sets a thing wins, whole entries at a time.
 * Source: kubernetes.io, "Organizing Cluster Access Using kubeconfig Files".
 */
export function mergeKubeconfigs(configs: readonly Kubeconfig[]): Kubeconfig {
  const lastFirst = configs.toReversed();
  return {
    currentContext: configs.find(({ currentContext }) => currentContext)?.currentContext ?? '',
    contexts: new Map(lastFirst.flatMap(({ contexts }) => [...contexts])),
    servers: new Map(lastFirst.flatMap(({ servers }) => [...servers])),
    users: new Set(lastFirst.flatMap(({ users }) => [...users])),
  };
}
