import { FAILSAFE_SCHEMA, loadAll } from 'js-yaml';
import * as z from 'zod/mini';
import { brokenKubeconfig, emptyKubeconfig, type ReadKubeconfig } from './kubeconfig-content.ts';

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

/** What a kubeconfig file says, YAML or JSON; see readKubeconfigFile. */
export async function parseKubeconfig(path: string, content: string): Promise<ReadKubeconfig> {
  const quickly = readQuickly(content);
  if (quickly.success) return toKubeconfig(path, quickly.data);
  const { explainKubeconfig } = await import('./explain-kubeconfig.ts');
  const plain = explainKubeconfig(content);
  if (plain.problem) return brokenKubeconfig(path, 'is not valid YAML', plain.problem);
  if (plain.value === null || plain.value === '') return { state: 'read', config: emptyKubeconfig };
  const parsed = z.safeParse(fileSchema, plain.value);
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join('.') || 'the file';
    return brokenKubeconfig(path, 'is not a kubeconfig', `${where} is not what kubectl expects`);
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

function toKubeconfig(path: string, file: z.infer<typeof fileSchema>): ReadKubeconfig {
  for (const [kind, list] of [
    ['context', file.contexts],
    ['cluster', file.clusters],
    ['user', file.users],
  ] as const) {
    const twice = list.find(
      ({ name }, index) => list.findIndex((one) => one.name === name) < index,
    );
    if (twice)
      return brokenKubeconfig(
        path,
        'is not a kubeconfig',
        `it has the ${kind} ${twice.name} twice`,
      );
  }
  const config = {
    currentContext: file['current-context'],
    contexts: new Map(file.contexts.map(({ name, context }) => [name, context])),
    servers: new Map(file.clusters.map(({ name, cluster }) => [name, cluster.server])),
    users: new Set(file.users.map(({ name }) => name)),
  };
  return { state: 'read', config };
}
