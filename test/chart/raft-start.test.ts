import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { render } from '../support/render.ts';

const execute = promisify(execFile);

/** Runs the container's command as it is rendered, with a `xerv` that prints what it was given. */
describe.skipIf(process.platform === 'win32')('A03: the start of a raft pod', () => {
  let folder = '';
  let command: readonly string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'raft-start-'));
    const rendering = await render({ replicaCount: 3, dispatch: { backend: 'raft' } });
    const members = rendering.get('ConfigMap').data?.['raft-members'] ?? '';
    await writeFile(join(folder, 'raft-members'), members);
    await writeFile(
      join(folder, 'xerv'),
      '#!/bin/sh\necho "$XERV_DISPATCH_RAFT_NODE_ID|$XERV_DISPATCH_RAFT_PEERS|$*"\n',
    );
    await chmod(join(folder, 'xerv'), 0o755);
    const { container } = rendering;
    command = [...(container.command ?? []), ...container.args].map((part) =>
      part.replace('/config/raft-members', `'${join(folder, 'raft-members')}'`),
    );
  });

  afterAll(() => rm(folder, { recursive: true }));

  async function start(env: Readonly<Record<string, string>>): Promise<readonly string[]> {
    const [shell = '', ...args] = command;
    const path = `${folder}:${process.env.PATH}`;
    const { stdout } = await execute(shell, args, { env: { PATH: path, ...env } });
    return stdout.trim().split('|');
  }

  const peer = (id: number) => `${id}:xerv-${id - 1}.xerv-headless.team.svc:5000`;

  test.each([
    [0, '1', `${peer(2)},${peer(3)}`],
    [1, '2', `${peer(1)},${peer(3)}`],
    [2, '3', `${peer(1)},${peer(2)}`],
  ])('ordinal %i has node id %s and the others as peers', async (ordinal, id, peers) => {
    expect(await start({ POD_NAME: `xerv-${ordinal}` })).toEqual([
      id,
      peers,
      'serve --host 0.0.0.0 --port 8080',
    ]);
  });

  test('a name with dashes and an ordinal of two digits', async () => {
    const [id] = await start({ POD_NAME: 'team-2-xerv-10' });
    expect(id).toBe('11');
  });

  test('what extraEnv sets is kept', async () => {
    const [id, peers] = await start({
      POD_NAME: 'xerv-0',
      XERV_DISPATCH_RAFT_NODE_ID: '7',
      XERV_DISPATCH_RAFT_PEERS: '',
    });
    expect([id, peers]).toEqual(['7', '']);
  });
});
