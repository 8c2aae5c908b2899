import { environmentVariable } from '../environment-variable.ts';
import type { Problem } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import type { PlanFile } from '../release/plan-file/schema.ts';
import type { PlannedSecret } from '../release/types.ts';
import { maskUrl } from '../values/mask.ts';
import { connectionPaths, SecretMaterial } from '../values/secrets.ts';
import { getNode, type Tree } from '../values/tree.ts';
import type { CommandContext } from './context.ts';
import { refuseProblems } from './refuse.ts';
import type { Session } from './session.ts';

type SavedSecret = PlanFile['secrets'][number];

/**
 * The Secrets that a saved plan creates, with what it could not hold: the URL from its environment
 * variable, or from the live values where it came from there.
 * @throws DeployError (2) where a URL is missing or is not that of the plan, its password left out
 */
export async function plannedSecrets(
  context: CommandContext,
  { releases, target }: Session,
  saved: PlanFile,
): Promise<PlannedSecret[]> {
  // What is there already is looked at by the check of referenced Secrets.
  const wanted = saved.secrets.filter(({ exists }) => !exists);
  if (wanted.length === 0) return [];
  const { namespace, release: name } = target;
  const history = await releases.history({ namespace, name }, context.signal);
  const live = history.ok ? history.value?.newest.values : undefined;
  const problems: Problem[] = [];
  const planned = wanted.flatMap((secret): PlannedSecret[] => {
    const url = findUrl(context, secret, (live ?? {}) as Tree);
    if (url === undefined) {
      problems.push(missing(secret));
      return [];
    }
    const { name, backend, key } = secret;
    const pending = { backend, name, key, material: new SecretMaterial(url) };
    return [{ name, pending, exists: false }];
  });
  refuseProblems(exitCodes.usage, problems);
  return planned;
}

function findUrl(
  { flags, invocation }: CommandContext,
  { backend, url }: SavedSecret,
  live: Tree,
): string | undefined {
  const flag = `${backend}-url`;
  const given = invocation.fromEnvironment.has(flag) ? flags.text(flag)?.trim() : undefined;
  const running = getNode(live, connectionPaths(backend).url);
  return [given, typeof running === 'string' ? running.trim() : undefined].find(
    (one) => one !== undefined && maskUrl(one) === url,
  );
}

function missing({ backend, name, url }: SavedSecret): Problem {
  const variable = environmentVariable({ name: `${backend}-url` });
  return {
    message: `The plan creates Secret ${name} with the ${backend} URL ${url}, and a plan file holds no passwords.`,
    next: `Give the URL again in the environment variable ${variable}.`,
    where: variable,
  };
}
