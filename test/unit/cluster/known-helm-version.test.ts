import {
  chmod,
  copyFile,
  mkdtemp,
  readFile,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { knownHelmVersion } from '../../../src/cluster/helm/known-version.ts';
import { parseHelmVersion } from '../../../src/cluster/helm/version.ts';
import { createCleanup } from '../../../src/files/cleanup.ts';

describe.skipIf(process.platform === 'win32')('the version of a helm that told it before', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'helm-version-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  /** What is told, and whether helm itself was asked; it says this version. */
  async function find(path: string, says: string, folder = directory) {
    let asked = false;
    const place = { path, file: join(folder, 'cache/helm-version.json'), cleanup: createCleanup() };
    const result = await knownHelmVersion(place, async () => {
      asked = true;
      const value = parseHelmVersion(says);
      if (!value)
        return { ok: false, failure: { kind: 'other', message: says, detail: '', next: '' } };
      return { ok: true, value };
    });
    return { asked, version: result.ok ? result.value.version : result.failure.message };
  }

  /** Any program of this machine will do. */
  async function program(name: string): Promise<string> {
    const path = join(directory, name);
    await copyFile('/bin/sh', path);
    await chmod(path, 0o755);
    return path;
  }

  test('is known without asking, through links too', async () => {
    const helm = await program('helm-3.12');
    const link = join(directory, 'helm');
    await symlink(helm, link);
    expect(await find(link, 'v3.12.0')).toEqual({ asked: true, version: '3.12.0' });
    expect(await find(link, 'v4.0.0')).toEqual({ asked: false, version: '3.12.0' });
    expect(await find(helm, 'v4.0.0')).toEqual({ asked: false, version: '3.12.0' });
  });

  test('is asked for where another program stands there', async () => {
    const helm = await program('helm');
    await find(helm, 'v3.12.0');
    await utimes(helm, 1_000_000, 1_000_000);
    expect(await find(helm, 'v4.0.0')).toEqual({ asked: true, version: '4.0.0' });
    expect(await find(helm, 'v4.1.0')).toEqual({ asked: false, version: '4.0.0' });
  });

  test('is asked for where something stands in for helm', async () => {
    const manager = await program('mise');
    const link = join(directory, 'helm');
    await symlink(manager, link);
    const script = join(directory, 'helm.sh');
    await writeFile(script, '#!/bin/sh\nexec helm "$@"\n', { mode: 0o755 });
    for (const path of [link, script, join(directory, 'missing')]) {
      await find(path, 'v3.12.0');
      expect(await find(path, 'v4.0.0')).toEqual({ asked: true, version: '4.0.0' });
    }
  });

  test('is asked for where it cannot be kept, or what is kept is broken', async () => {
    const helm = await program('helm');
    expect(await find(helm, 'v3.12.0', helm)).toEqual({ asked: true, version: '3.12.0' });
    await find(helm, 'v3.12.0');
    await writeFile(join(directory, 'cache/helm-version.json'), '{');
    expect(await find(helm, 'v4.0.0')).toEqual({ asked: true, version: '4.0.0' });
  });

  test('is not kept where helm did not tell it', async () => {
    const helm = await program('helm');
    expect(await find(helm, 'no version')).toEqual({ asked: true, version: 'no version' });
    await expect(readFile(join(directory, 'cache/helm-version.json'))).rejects.toThrow('ENOENT');
  });
});
