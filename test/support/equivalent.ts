import { expect } from 'vitest';
import { makeNamespace, type SharedCluster } from './cluster.ts';
import { openWorkplace, outcomeOf, type Workplace } from './on-cluster.ts';
import { runHelm } from './release.ts';
import { runCommand } from './run-command.ts';
import { program } from './terminal.ts';

/** The command that a wizard's last screen says does the same. */
export function equivalentOn(screen: string): string {
  const [, text = ''] = /The same +(.*)$/s.exec(screen.slice(screen.lastIndexOf('The same'))) ?? [];
  // It ends with the screen, or with what comes below it.
  const [command = ''] = text.split(/\n\s*\n/);
  return command.replace(/\s*\n\s*/g, ' ').trim();
}

/**
 * Runs the equivalent command of what was done in `place` in a namespace of its own, and expects the same values and manifests,
 * byte for byte but for the namespace's name.
 * @param before what makes the release there that the command changes
 */
export async function expectSame(
  cluster: SharedCluster,
  place: Workplace,
  equivalent: string,
  before: readonly (readonly string[])[] = [],
): Promise<void> {
  const other = await openWorkplace(cluster, await makeNamespace(cluster));
  for (const args of before) expect((await other.run(args)).code).toBe(0);
  const command = equivalent
    .replace(/^create-xerv-deploy/, '"$NODE" "$PROGRAM"')
    .replace(`-n ${place.namespace}`, `-n ${other.namespace}`);
  expect(command).toContain(other.namespace);
  const result = await runCommand('/bin/sh', ['-c', `cd "$THERE" && ${command} --yes -o json`], {
    env: { ...other.env, NODE: process.execPath, PROGRAM: program, THERE: other.directory },
  });
  expect(outcomeOf(result), result.stderr).toMatchObject({ outcome: 'done' });
  const held = async (what: string, namespace: string) =>
    (await runHelm(cluster, 'helm4', ['get', what, 'xerv', '-n', namespace])).replaceAll(
      namespace,
      'NAMESPACE',
    );
  for (const what of ['values', 'manifest'])
    expect(await held(what, other.namespace)).toBe(await held(what, place.namespace));
}
