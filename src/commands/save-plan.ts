import { isAbsolute, resolve } from 'node:path';
import { DeployError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { writeFileAtomically } from '../files/write-file.ts';
import { localCommand } from '../release/command-text.ts';
import { chartDigest } from '../release/plan-file/chart-digest.ts';
import { digestOf, fingerprintOf } from '../release/plan-file/fingerprint.ts';
import type { PlanBinding, PlanFile } from '../release/plan-file/schema.ts';
import { formatPlanFile } from '../release/plan-file/store.ts';
import { diffTrees } from '../values/diff.ts';
import { maskNode, maskUrl } from '../values/mask.ts';
import { printPath } from '../values/path.ts';
import type { Tree } from '../values/tree.ts';
import type { CommandContext } from './context.ts';
import type { Prepared } from './prepare.ts';
import { programVersion } from './program-version.ts';
import type { Request } from './read-request.ts';

/**
 * `plan --out`: saves what `install --plan` applies, whole or not at all and for this user's eyes
 * only; `-` is standard output.
 * @throws DeployError where the values hold a secret (2) or the file cannot be written (1)
 */
export async function savePlan(
  context: CommandContext,
  prepared: Prepared,
  request: Request,
  path: string,
): Promise<void> {
  refuseSecrets(prepared.plan.values);
  const text = formatPlanFile(await toPlanFile(context, prepared, request));
  if (path === '-') {
    context.print(text);
    return;
  }
  const { cleanup, workingDirectory } = context;
  const target = isAbsolute(path) ? path : resolve(workingDirectory, path);
  await writeFileAtomically(target, text, { mode: 0o600, backup: true, cleanup });
  context.say(`Plan saved to ${path}. Apply it: ${localCommand('install', '--plan', path)}\n`);
}

/** What an apply of these values depends on, as it is now. */
export async function bindPlan(
  { signal }: CommandContext,
  { draft, plan, session, liveObjects }: Prepared,
): Promise<PlanBinding> {
  const { reference, version, bundled } = plan.chart;
  const { context, server, identity, namespace, release } = plan.target;
  return {
    target: { context, server, identity, namespace, release },
    chart: {
      reference,
      ...(version === undefined ? {} : { version }),
      bundled,
      digest: await chartDigest(session.helm, plan.chart, signal),
    },
    helmMajor: session.helmVersion.major,
    kubernetes: draft.served.kubeVersion,
    manifest: digestOf(plan.manifest),
    ...(plan.live ? { release: { revision: plan.live.revision, status: plan.live.status } } : {}),
    namespace: draft.state.namespace,
    objects: Object.fromEntries(
      [...liveObjects].map(([name, object]) => [name, fingerprintOf(object)]),
    ),
  };
}

async function toPlanFile(
  context: CommandContext,
  prepared: Prepared,
  { input, skips }: Request,
): Promise<PlanFile> {
  const { plan } = prepared;
  const from = input.topmostFile?.path;
  return {
    format: 'create-xerv-deploy plan',
    version: 1,
    madeBy: await programVersion(context),
    madeAt: new Date().toISOString(),
    binding: await bindPlan(context, prepared),
    values: plan.values as PlanFile['values'],
    ...(from === undefined || from === '-'
      ? {}
      : { valuesFrom: resolve(context.workingDirectory, from) }),
    secrets: plan.secrets.map(({ name, exists, pending: { backend, key, material } }) => ({
      backend,
      name,
      key,
      exists,
      url: maskUrl(material.reveal()),
    })),
    skips: Object.fromEntries(skips),
  };
}

/** Backend URLs are in Secrets by now; whatever else is secret has no place in a plan. */
function refuseSecrets(values: Tree): void {
  const secret = diffTrees(values, maskNode(values) as Tree);
  if (secret.length === 0) return;
  throw new DeployError(
    exitCodes.usage,
    secret.map(({ path }) => ({
      message: `The values hold a secret at ${printPath(path)}; a plan file holds none.`,
      next: 'Put it into a Secret and name that one in the values, or install without --plan.',
      where: '--out',
    })),
  );
}
