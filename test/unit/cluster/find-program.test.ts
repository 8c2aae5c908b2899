import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findProgram } from '../../../src/cluster/find-program.ts';

describe('findProgram', () => {
  let directory: string;
  const workingDirectory = process.cwd();
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'find-'));
    await Promise.all(['one', 'two'].map((name) => mkdir(join(directory, name))));
  });
  afterEach(async () => {
    process.chdir(workingDirectory);
    await rm(directory, { recursive: true });
  });

  const add = async (path: string, mode = 0o755): Promise<string> => {
    const file = join(directory, path);
    await writeFile(file, '#!/bin/sh\n');
    await chmod(file, mode);
    return file;
  };
  const search = (...folders: string[]) => ({
    PATH: folders.map((folder) => join(directory, folder)).join(':'),
  });

  test('takes the first that can be run', async () => {
    await add('one/helm', 0o644);
    await mkdir(join(directory, 'one/kubectl'));
    const helm = await add('two/helm');
    const kubectl = await add('two/kubectl');
    expect(findProgram('helm', search('one', 'two'))).toEqual({ found: true, path: helm });
    expect(findProgram('kubectl', search('one', 'two'))).toEqual({
      found: true,
      path: kubectl,
    });
  });

  test.each(['', '.', ':', '.:', './'])(
    'PATH "%s" never means the current directory',
    async (PATH) => {
      await add('helm');
      process.chdir(directory);
      expect(findProgram('helm', { PATH })).toMatchObject({ found: false });
    },
  );

  test('says what to do where there is none', async () => {
    const found = findProgram('kubectl', search('one'));
    expect(found).toEqual({
      found: false,
      problem: {
        message: 'kubectl is not on the PATH.',
        next: expect.stringContaining('https://kubernetes.io/docs/tasks/tools/'),
      },
    });
  });

  test.each([
    ['darwin', 'brew', 'brew install helm;'],
    ['linux', 'snap', 'sudo snap install helm --classic;'],
  ] as const)(
    'on %s with %s it says how to get it from there',
    async (platform, manager, command) => {
      await add(`one/${manager}`);
      const found = findProgram('helm', search('one'), platform);
      expect(found).toMatchObject({ problem: { next: expect.stringContaining(command) } });
      const other = findProgram('helm', search('two'), platform);
      expect(other).toMatchObject({
        problem: { next: expect.not.stringContaining('install helm;') },
      });
    },
  );

  test('an override wins over PATH', async () => {
    await add('one/helm');
    const other = await add('two/my-helm');
    const env = { ...search('one'), XERV_DEPLOY_HELM: other };
    expect(findProgram('helm', env)).toEqual({ found: true, path: other });
  });

  test('an override that is no program is a problem, never passed over', async () => {
    await add('one/helm');
    const env = { ...search('one'), XERV_DEPLOY_HELM: join(directory, 'missing') };
    expect(findProgram('helm', env)).toMatchObject({
      found: false,
      problem: { where: 'XERV_DEPLOY_HELM', message: expect.stringContaining('missing') },
    });
  });
});
