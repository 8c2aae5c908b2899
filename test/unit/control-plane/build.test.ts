import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../../scripts/run.mjs';
import { ensureFolder } from '../../cluster/control-plane/cached-folder.mjs';
import { findGo } from '../../cluster/control-plane/go.mjs';
import { withLock } from '../../cluster/control-plane/lock.mjs';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'xerv-build-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe.skipIf(process.platform === 'win32')('the Go toolchain', () => {
  const goMod = async (needed: string) => {
    const file = join(directory, 'go.mod');
    await writeFile(file, `module example\n\ngo ${needed}\n`);
    return file;
  };
  const fakeGo = async (version: string, toolchain: string) => {
    const file = join(directory, `go-${version}-${toolchain}`);
    await writeFile(file, `#!/bin/sh\nprintf 'go${version}\\n${toolchain}\\n'\n`, { mode: 0o755 });
    return file;
  };

  test('is found where it is new enough', async () => {
    const path = await fakeGo('1.26.8', 'auto');
    const found = await findGo(await goMod('1.26.0'), [join(directory, 'none'), path]);
    expect(found).toEqual({ kind: 'found', path, version: '1.26.8' });
  });

  test('is found where it can fetch a newer one by itself', async () => {
    const path = await fakeGo('1.22.1', 'auto');
    expect(await findGo(await goMod('1.26.0'), [path])).toMatchObject({ kind: 'found' });
  });

  test.for([
    ['1.20.14', 'auto'],
    ['1.25.9', 'local'],
  ] as const)('is too old: %s, toolchain %s', async ([version, toolchain]) => {
    const path = await fakeGo(version, toolchain);
    expect(await findGo(await goMod('1.26.0'), [path])).toEqual({
      kind: 'unusable',
      reason: `Go ${version} is too old: 1.26.0 or newer is needed (https://go.dev/dl/)`,
    });
  });

  test('is missing', async () => {
    expect(await findGo(await goMod('1.26.0'), [join(directory, 'none')])).toEqual({
      kind: 'unusable',
      reason: 'Go is not installed: 1.26.0 or newer is needed (https://go.dev/dl/)',
    });
  });
});

describe('a lock', () => {
  test('lets one in at a time', async () => {
    const file = join(directory, 'one.lock');
    let inside = 0;
    let most = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await sleep(20);
      inside -= 1;
    };
    await Promise.all([1, 2, 3].map(() => withLock(file, work)));
    expect(most).toBe(1);
    expect(existsSync(file)).toBe(false);
  });

  test('is taken over from a process that is gone', async () => {
    const file = join(directory, 'dead.lock');
    const { stdout } = await run(process.execPath, ['-p', 'process.pid'], { capture: true });
    await writeFile(file, stdout.trim());
    expect(await withLock(file, async () => 'done')).toBe('done');
  });
});

describe('a folder of the cache', () => {
  test('is filled once', async () => {
    const parent = join(directory, 'once');
    let fills = 0;
    const fill = async (folder: string) => {
      fills += 1;
      await sleep(20);
      await writeFile(join(folder, 'content'), 'whole');
    };
    const folders = await Promise.all([1, 2, 3].map(() => ensureFolder(parent, 'abc', fill)));
    expect(new Set(folders).size).toBe(1);
    expect(fills).toBe(1);
    expect(await readFile(join(parent, 'abc', 'content'), 'utf8')).toBe('whole');
  });

  test('is not there when filling it failed', async () => {
    const parent = join(directory, 'failed');
    const filling = ensureFolder(parent, 'abc', async () => {
      throw new Error('no room');
    });
    await expect(filling).rejects.toThrow('no room');
    expect(await readdir(parent)).toEqual([]);
  });

  test('goes when nobody used it for long and another one is made', async () => {
    const parent = join(directory, 'old');
    const fill = async () => {};
    await ensureFolder(parent, 'old', fill);
    await ensureFolder(parent, 'recent', fill);
    const longAgo = new Date(Date.now() - 8 * 24 * 60 * 60 * 1000);
    await utimes(join(parent, 'old'), longAgo, longAgo);
    await ensureFolder(parent, 'new', fill);
    expect((await readdir(parent)).sort()).toEqual(['new', 'recent']);
  });
});
