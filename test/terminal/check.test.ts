import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { checkOutput } from '../../src/checks/output-schema.ts';
import { describeCluster, makeNamespace } from '../support/cluster.ts';
import { openWorkplace, outcomeOf } from '../support/on-cluster.ts';

describeCluster('check, as a user runs it', (cluster) => {
  const place = async () => openWorkplace(cluster, await makeNamespace(cluster));
  const wrong = ['--preset', 'production-raft', '--set', 'storage.class=gold'];

  test('says what fails, why and what to do, and changes nothing', async () => {
    const { run, kubectl } = await place();
    const { code, stdout } = await run(['check', ...wrong]);
    expect(code).toBe(3);
    expect(stdout).toMatch(/^\S XV-301 Failed: The cluster has no StorageClass gold\.$/m);
    expect(stdout).toMatch(/^ {4}It has .*standard/m);
    expect(stdout).toMatch(/^\d+ findings: 1 failed/m);
    expect((await kubectl('get', 'all,pvc,secret', '-o', 'name')).stdout).toBe('');
  });

  test('shows no more than a terminal can that knows ASCII only', async () => {
    const { run } = await place();
    const presets = ['production-raft', 'istio', 'observability'];
    const args = ['check', '--verbose', ...presets.flatMap((name) => ['--preset', name])];
    const { stdout } = await run(args, { env: { LC_ALL: 'C' } });
    expect(stdout).toContain('5 x 600m');
    expect(stdout).toMatch(/^[\n -~]+$/);
  });

  test('starts kubectl once and renders once', async () => {
    const { run, directory } = await place();
    const calls = join(directory, 'calls');
    /** The real program, after it has written down what it is called with. */
    const watched = async (name: string, path: string) => {
      const file = join(directory, name);
      await writeFile(file, `#!/bin/sh\necho "${name} $1" >> "${calls}"\nexec "${path}" "$@"\n`);
      await chmod(file, 0o755);
      return file;
    };
    const env = {
      XERV_DEPLOY_HELM: await watched('helm', cluster.tools.helm4),
      XERV_DEPLOY_KUBECTL: await watched('kubectl', cluster.tools.kubectl),
    };
    const { code } = await run(['check', '--preset', 'evaluation'], { env });
    expect(code).toBe(0);
    const lines = (await readFile(calls, 'utf8')).trim().split('\n').sort();
    expect(lines).toEqual(['helm template', 'helm version', 'kubectl proxy']);
  });

  test('-o json is one document', async () => {
    const { run } = await place();
    const { code, stdout } = await run(['check', ...wrong, '-o', 'json']);
    expect(code).toBe(3);
    // Strict: a field that the published schema lacks is an error.
    const { findings } = z.parse(checkOutput, JSON.parse(stdout));
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'XV-301', status: 'fail', category: 'storage' }),
    );
  });

  test('a failure stops an install, unless it is let pass with a reason, which helm records', async () => {
    const { run, kubectl } = await place();
    const values = ['--preset', 'production-raft', '--set', 'storage.accessMode=ReadOnlyMany'];
    const stopped = await run(['install', ...values, '--yes']);
    expect(stopped).toMatchObject({ code: 3 });
    expect(stopped.stderr).toContain('(XV-302)');
    expect((await kubectl('get', 'all,pvc,secret', '-o', 'name')).stdout).toBe('');

    const without = await run(['install', ...values, '--yes', '--skip-check', 'XV-302']);
    expect(without).toMatchObject({ code: 2 });
    expect(without.stderr).toContain('Give a reason to let XV-302 pass');

    const skip = ['--skip-check', 'xv-302=tried in a test', '--timeout', '5s', '-o', 'json'];
    const done = await run(['install', ...values, '--yes', ...skip]);
    expect(done.stdout).toContain('XV-302 let pass (tried in a test)');
    expect(outcomeOf(done)).toMatchObject({ type: 'outcome' });
    const record = await run(['status', '-o', 'json']);
    expect(JSON.parse(record.stdout).release).toMatchObject({ revision: 1 });
    const stored = await kubectl('get', 'secret', '-l', 'owner=helm', '-o', 'json');
    const data = JSON.parse(stored.stdout).items[0].data.release;
    const release = JSON.parse(
      gunzipSync(Buffer.from(Buffer.from(data, 'base64').toString(), 'base64')).toString(),
    );
    expect(release.info.description).toBe('Checks let pass: XV-302 (tried in a test)');
  });

  test('--fix writes the values that mend what failed, and keeps what stood there', async () => {
    const { run, directory } = await place();
    const file = join(directory, 'values.yaml');
    await writeFile(
      file,
      'dispatch:\n  backend: raft # ours\nstorage:\n  accessMode: ReadOnlyMany\n',
    );
    const fixed = await run(['check', '-f', 'values.yaml', '--fix']);
    expect(fixed).toMatchObject({ code: 0 });
    expect(fixed.stderr).toMatch(/storage\.accessMode.*ReadWriteOnce.*\(XV-302\)/);
    expect(fixed.stderr).toContain('values.yaml.1');
    const text = await readFile(file, 'utf8');
    expect(text).toContain('backend: raft # ours');
    expect(text).toContain('accessMode: ReadWriteOnce');
    expect(await readFile(`${file}.1`, 'utf8')).toContain('ReadOnlyMany');
    const missing = ['--set', 'imagePullSecrets[0].name=nowhere'];
    const nothing = await run(['check', ...missing, '--fix']);
    expect(nothing).toMatchObject({ code: 3 });
    expect(nothing.stderr).toContain('No change of values fixes');
  });

  test('what was seen can be judged later, without the cluster', async () => {
    const { run, directory } = await place();
    const seen = await run(['check', '--preset', 'production-raft', '--facts-out', 'facts.json']);
    expect(seen).toMatchObject({ code: 0 });
    const text = await readFile(join(directory, 'facts.json'), 'utf8');
    expect(Object.keys(JSON.parse(text).facts)).toEqual(
      expect.arrayContaining(['nodes', 'storageClasses', 'istio', 'keda']),
    );
    const offline = { env: { KUBECONFIG: '/nowhere' } };
    const two = ['--set', 'dispatch.backend=raft', '--set', 'replicaCount=2'];
    const later = await run(['check', ...two, '--facts', 'facts.json'], offline);
    expect(later).toMatchObject({ code: 3 });
    expect(later.stdout).toContain('XV-205 Failed');
    expect(later.stdout).toMatch(/as it was seen at \d{4}-/);
    expect(later.stdout).toContain('no cluster was asked');
    const both = await run(['check', '--facts', 'facts.json', '--fix'], offline);
    expect(both).toMatchObject({ code: 2 });
  });

  test('explain needs no cluster', async () => {
    const { run } = await place();
    const { code, stdout } = await run(['explain', 'xv-301'], { env: { KUBECONFIG: '/nowhere' } });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^XV-301 {2}The volumes can be provisioned$/m);
    expect((await run(['explain', 'XV-3O1'])).stderr).toContain('Did you mean XV-301?');
  });
});
