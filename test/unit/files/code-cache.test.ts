import { chmod, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CodeCache, createCodeCache } from '../../../src/files/code-cache.ts';
import { createLoader } from '../../../src/load-program.ts';

const wrapped = (text: string) =>
  `(function (exports, require, module, __filename, __dirname) { ${text}\n})\n`;
const texts = {
  main: wrapped(
    `exports.answer = () => require('./part').answer; exports.path = require('node:path');`,
  ),
  part: wrapped(`exports.answer = ${'6 * 7'.padEnd(500)};`),
};
const packedPart = brotliCompressSync(texts.part);
const pieces = {
  main: { place: [0, texts.main.length], isPacked: false },
  part: { place: [texts.main.length, packedPart.length], isPacked: true },
} as const;

let root: string;
let cacheDirectory: string;
let file: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'code-cache-'));
  cacheDirectory = join(root, 'cache', 'code');
  file = join(root, 'program.pack');
  await writeFile(file, Buffer.concat([Buffer.from(texts.main), packedPart]));
});
afterEach(() => rm(root, { recursive: true }));

const data = Buffer.from('code '.repeat(1000));
const open = (state = 'one') => createCodeCache(cacheDirectory, state, file);

describe('the code cache', () => {
  test('gives back what was kept, and by which commands it was made', () => {
    open().write('main', { data, uses: ['render', 'check'] });
    expect(open().read('main')).toEqual({ data, uses: ['render', 'check'] });
  });

  test('gives back what the code was made of, where that is kept with it', () => {
    const source = Buffer.from('source '.repeat(1000));
    open().write('main', { data, uses: ['render'], source });
    expect(open().read('main')).toEqual({ data, uses: ['render'], source });
  });

  test('keeps nothing of another build, or of a file that was changed', async () => {
    open().write('main', { data, uses: ['render'] });
    expect(open('two').read('main')).toBeUndefined();
    await utimes(file, 1, 1);
    expect(open().read('main')).toBeUndefined();
  });

  test.each([
    ['cut short', (content: Buffer) => content.subarray(0, 2000)],
    ['empty', () => Buffer.alloc(0)],
    ['zero for a sector', (content: Buffer) => Buffer.from(content).fill(0, 1024, 1536)],
  ])('does not trust a file that is %s', async (_, damage) => {
    open().write('main', { data, uses: ['render'] });
    const [name = ''] = await readdir(cacheDirectory);
    const path = join(cacheDirectory, name);
    await writeFile(path, damage(await readFile(path)));
    expect(open().read('main')).toBeUndefined();
  });

  test('keeps the files of the last builds only', async () => {
    for (let build = 0; build < 45; build += 1) {
      open(`${build}`).write('main', { data, uses: ['render'] });
      const names = await readdir(cacheDirectory);
      const newest = names.find((name) => name.startsWith(`main-${build}-`)) ?? '';
      await utimes(join(cacheDirectory, newest), build, build);
    }
    expect(await readdir(cacheDirectory)).toHaveLength(40);
    expect(open('44').read('main')).toBeDefined();
  });

  test('is silent where nothing can be written', async () => {
    await writeFile(join(root, 'cache'), '');
    open().write('main', { data, uses: ['render'] });
    expect(open().read('main')).toBeUndefined();
  });

  describe.skipIf(process.platform === 'win32')('with permissions', () => {
    test('lets nobody else read or write', async () => {
      open().write('main', { data, uses: ['render'] });
      const [name = ''] = await readdir(cacheDirectory);
      expect((await stat(cacheDirectory)).mode & 0o777).toBe(0o700);
      expect((await stat(join(cacheDirectory, name))).mode & 0o777).toBe(0o600);
    });

    test('does not trust a directory that others can write to', async () => {
      open().write('main', { data, uses: ['render'] });
      await chmod(cacheDirectory, 0o777);
      expect(open().read('main')).toBeUndefined();
    });
  });
});

describe('the loader', () => {
  /** One run of the program. @returns what it did with the cache */
  const run = (use: string, cache: CodeCache = open()) => {
    const tasks: (() => void)[] = [];
    const load = createLoader({
      file,
      pieces,
      cache,
      use,
      require: createRequire(import.meta.url),
      atExit: (task) => tasks.push(task),
    });
    const main = load('main') as { answer: () => number; path: unknown };
    expect(main.answer()).toBe(42);
    expect(main.path).toBe(createRequire(import.meta.url)('node:path'));
    expect(load('main')).toBe(main);
    for (const task of tasks) task();
    return tasks.length;
  };

  test('keeps what a command has compiled, and uses it', () => {
    expect(run('render')).toBe(2);
    expect(run('render')).toBe(0);
    expect(open().read('main')?.uses).toEqual(['render']);
  });

  test('adds what another command has compiled', () => {
    run('render');
    expect(run('check')).toBe(2);
    expect(run('check')).toBe(0);
    expect(run('render')).toBe(0);
    expect(open().read('main')?.uses).toEqual(['render', 'check']);
  });

  test('unpacks a piece once', () => {
    run('render');
    expect(open().read('part')?.source?.toString()).toBe(texts.part);
    expect(open().read('main')?.source).toBeUndefined();
    const { read, write } = open();
    const unpacked: string[] = [];
    const require = (name: string) => {
      unpacked.push(name);
      return createRequire(import.meta.url)(name);
    };
    for (const cache of [
      { read, write },
      { read: () => undefined, write },
    ]) {
      const load = createLoader({ file, pieces, cache, use: 'render', require, atExit: () => {} });
      expect((load('part') as { answer: number }).answer).toBe(42);
    }
    expect(unpacked.filter((name) => name === 'node:zlib')).toHaveLength(1);
  });

  test('makes anew what V8 does not take', () => {
    open().write('main', { data, uses: ['render'] });
    expect(run('render')).toBe(2);
    expect(run('render')).toBe(0);
  });

  test('does without a cache', () => {
    const none: CodeCache = { read: () => undefined, write: () => {} };
    expect(run('render', none)).toBe(2);
    expect(run('render', none)).toBe(2);
  });
});
