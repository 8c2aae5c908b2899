import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { ensureTools } from '../../scripts/tools.mjs';
import { Rendering, render } from '../support/render.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));

/** Releases that people have, and what they are made of. */
const releases = {
  memory: ['persistence.enabled=true'],
  raft: ['dispatch.backend=raft', 'replicaCount=3'],
  redis: ['dispatch.backend=redis', 'dispatch.redis.url=redis://redis:6379'],
  'a long name': ['dispatch.backend=raft', `fullnameOverride=${'x'.repeat(63)}`],
} as const;

/** What no upgrade can change, or must not: with another name data is not found again. */
function identityOf(rendering: Rendering): object {
  const { kind, metadata, spec } = rendering.workload;
  return {
    names: rendering.names.filter((name) =>
      /^(Deployment|StatefulSet|Service|PersistentVolumeClaim)\//.test(name),
    ),
    workload: `${kind}/${metadata.name}`,
    selector: spec.selector,
    serviceName: spec.serviceName,
    podManagementPolicy: spec.podManagementPolicy,
    volumeClaimTemplates: spec.volumeClaimTemplates,
    claims: rendering.objects
      .filter((object) => object.kind === 'PersistentVolumeClaim')
      .map((claim) => [claim.metadata.name, claim.metadata.annotations, claim.spec]),
  };
}

const sets = (values: readonly string[]) => values.flatMap((value) => ['--set', value]);

test.each(Object.entries(releases))(
  'what cannot change stays as it is: %s',
  async (name, values) => {
    const identity = identityOf(await render({}, { args: sets(values) }));
    const path = new URL('../fixtures/chart-identity.json', import.meta.url);
    // A change here needs a line "Moves:" in the changelog that says what users have to do.
    const known = JSON.parse(await readFile(path, 'utf8')) as Record<string, object>;
    expect(JSON.parse(JSON.stringify(identity))).toEqual(known[name]);
  },
);

test('nothing moved since the commit before without a note in the changelog', async () => {
  const before = await previousChart();
  // A checkout without history has the fixture above only.
  if (before === undefined) return;
  const tools = await ensureTools();
  const notes = await readFile(join(root, 'CHANGELOG.md'), 'utf8');
  for (const [name, values] of Object.entries(releases)) {
    const args = ['template', 'xerv', before, '--namespace', 'team', ...sets(values)];
    const { stdout } = await run(tools.helm4, args);
    const [was, is] = [
      identityOf(new Rendering(stdout)),
      identityOf(await render({}, { args: sets(values) })),
    ];
    if (!/^- Moves: /m.test(notes)) expect({ name, ...is }).toEqual({ name, ...was });
  }
});

/** The chart of the commit before this one; undefined where git does not have it. */
async function previousChart(): Promise<string | undefined> {
  const directory = await mkdtemp(join(tmpdir(), 'xerv-chart-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const archive = join(directory, 'chart.tar');
  try {
    await run('git', ['archive', '--output', archive, 'HEAD~1', 'charts/xerv'], { cwd: root });
  } catch {
    return undefined;
  }
  await run('tar', ['-xf', archive, '-C', directory]);
  return join(directory, 'charts/xerv');
}
