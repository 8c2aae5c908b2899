import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DeployError } from '../../../src/errors.ts';
import { createCleanup } from '../../../src/files/cleanup.ts';
import { makePrivateDirectory } from '../../../src/files/private-directory.ts';
import { readTextFile } from '../../../src/files/read-text.ts';
import { writeFileAtomically } from '../../../src/files/write-file.ts';

let directory: string;
const at = (name: string) => join(directory, name);
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'files-test-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const noStdin = { stdin: Readable.from([]) };
const onWindows = process.platform === 'win32';
const asRoot = process.getuid?.() === 0;

async function failure(promise: Promise<unknown>) {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DeployError)) throw error ?? new Error('did not fail');
  const [problem] = error.problems;
  return { exitCode: error.exitCode, ...problem };
}

describe('writing a file', () => {
  const options = { mode: 0o600, backup: true, cleanup: createCleanup() };

  it('creates it for this user alone', async () => {
    const result = await writeFileAtomically(at('v.yaml'), 'a: 1\n', options);
    expect(result).toEqual({ action: 'created', path: at('v.yaml') });
    expect(readFileSync(at('v.yaml'), 'utf8')).toBe('a: 1\n');
    if (!onWindows) expect(statSync(at('v.yaml')).mode & 0o777).toBe(0o600);
    expect(readdirSync(directory)).toEqual(['v.yaml']);
  });

  it('keeps what it replaces under the next number, never over an older backup', async () => {
    writeFileSync(at('v.yaml'), 'first', { mode: 0o644 });
    writeFileSync(at('v.yaml.7'), 'precious');
    writeFileSync(at('v.yaml.old'), 'not a backup');
    const second = await writeFileAtomically(at('v.yaml'), 'second', options);
    const third = await writeFileAtomically(at('v.yaml'), 'third', options);
    expect([second.backup, third.backup]).toEqual([at('v.yaml.8'), at('v.yaml.9')]);
    expect(readFileSync(at('v.yaml.7'), 'utf8')).toBe('precious');
    expect(readFileSync(at('v.yaml.8'), 'utf8')).toBe('first');
    expect(readFileSync(at('v.yaml.9'), 'utf8')).toBe('second');
    expect(readFileSync(at('v.yaml'), 'utf8')).toBe('third');
    if (!onWindows) expect(statSync(at('v.yaml.8')).mode & 0o777).toBe(0o600);
  });

  it('writes nothing where the file says the same', async () => {
    writeFileSync(at('v.yaml'), 'same');
    const before = statSync(at('v.yaml'), { bigint: true });
    const result = await writeFileAtomically(at('v.yaml'), 'same', options);
    expect(result.action).toBe('unchanged');
    const after = statSync(at('v.yaml'), { bigint: true });
    expect([after.ino, after.mtimeNs]).toEqual([before.ino, before.mtimeNs]);
    expect(readdirSync(directory)).toEqual(['v.yaml']);
  });

  it.skipIf(process.platform !== 'linux')(
    'writes to a device as it is: it has no end, and is not replaced',
    async () => {
      const write = (path: string) => writeFileAtomically(path, 'a: 1\n', options);
      const { why } = await failure(write('/dev/full'));
      expect(why).toBe('The disk is full.');
      symlinkSync('/dev/null', at('nowhere'));
      expect(await write(at('nowhere'))).toMatchObject({ action: 'created' });
      expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
      expect(readdirSync(directory)).toEqual(['nowhere']);
    },
  );

  it.skipIf(onWindows)('writes through a symbolic link', async () => {
    writeFileSync(at('real.yaml'), 'old');
    symlinkSync(at('real.yaml'), at('link.yaml'));
    await writeFileAtomically(at('link.yaml'), 'new', { ...options, backup: false });
    expect(readFileSync(at('real.yaml'), 'utf8')).toBe('new');
    expect(readdirSync(directory).sort()).toEqual(['link.yaml', 'real.yaml']);
  });

  it('says what is wrong and leaves nothing behind', async () => {
    expect(await failure(writeFileAtomically(at('no/v.yaml'), 'x', options))).toMatchObject({
      exitCode: 1,
      message: `Cannot write ${at('no/v.yaml')}.`,
      why: `The directory ${at('no')} does not exist.`,
    });
    mkdirSync(at('folder'));
    expect(await failure(writeFileAtomically(at('folder'), 'x', options))).toMatchObject({
      exitCode: 1,
      why: 'It is a directory, not a file.',
    });
    expect(readdirSync(directory)).toEqual(['folder']);
  });

  it.skipIf(onWindows || asRoot)(
    'leaves the file alone where the directory is closed',
    async () => {
      writeFileSync(at('v.yaml'), 'old');
      chmodSync(directory, 0o500);
      const problem = await failure(writeFileAtomically(at('v.yaml'), 'new', options));
      chmodSync(directory, 0o700);
      expect(problem).toMatchObject({ exitCode: 1, why: 'You have no permission.' });
      expect(readFileSync(at('v.yaml'), 'utf8')).toBe('old');
    },
  );

  it('takes the temporary file away when the process ends in the middle', async () => {
    const cleanup = createCleanup();
    const writing = writeFileAtomically(at('v.yaml'), 'x'.repeat(50_000_000), {
      ...options,
      cleanup,
    }).catch(() => undefined);
    while (readdirSync(directory).length === 0) await new Promise((done) => setImmediate(done));
    expect(readdirSync(directory)[0]).toMatch(/^\.v\.yaml\..*\.tmp$/);
    cleanup.run();
    expect(readdirSync(directory)).toEqual([]);
    await writing;
  });
});

describe('reading a file', () => {
  it('gives its text without a byte order mark', async () => {
    writeFileSync(at('v.yaml'), '\ufeffa: ö\n');
    expect(await readTextFile(at('v.yaml'), noStdin)).toBe('a: ö\n');
  });

  it('reads standard input for -', async () => {
    const bytes = Buffer.from('a: ö\n');
    const stdin = Readable.from([bytes.subarray(0, 4), bytes.subarray(4)]);
    expect(await readTextFile('-', { stdin })).toBe('a: ö\n');
  });

  it('takes nothing on standard input for a mistake', async () => {
    const { exitCode, message } = await failure(readTextFile('-', noStdin));
    expect({ exitCode, message }).toEqual({
      exitCode: 2,
      message: 'Standard input is empty.',
    });
  });

  it.each([
    ['missing.yaml', /does not exist/],
    ['folder', /is a directory/],
    ['file/below', /part of the path is a file/],
    ['utf16.yaml', /looks like UTF-16/],
    ['utf16-unmarked.yaml', /looks like UTF-16/],
    ['binary', /not text/],
    ['big', /not a values file/],
  ])('says what is wrong with %s', async (name, why) => {
    mkdirSync(at('folder'));
    writeFileSync(at('file'), '');
    writeFileSync(at('utf16.yaml'), Buffer.from('\ufeffa: 1', 'utf16le'));
    writeFileSync(at('utf16-unmarked.yaml'), Buffer.from('a: 1', 'utf16le'));
    writeFileSync(at('binary'), Buffer.from([0xc3, 0x28]));
    writeFileSync(at('big'), 'x'.repeat(2000));
    const problem = await failure(readTextFile(at(name), { ...noStdin, maximumBytes: 1024 }));
    expect(problem).toMatchObject({ exitCode: 2, where: at(name) });
    expect(problem.why).toMatch(why);
  });
});

describe('a private directory', () => {
  it('lets nobody else in and goes away with what is in it', async () => {
    const cleanup = createCleanup();
    const made = await makePrivateDirectory(cleanup, directory);
    const file = await made.write('values.json', '{}');
    if (!onWindows) {
      expect(statSync(made.path).mode & 0o777).toBe(0o700);
      expect(statSync(file).mode & 0o777).toBe(0o600);
    }
    await made.dispose();
    await made.dispose();
    expect(existsSync(made.path)).toBe(false);
  });

  it('goes away when the process ends early', async () => {
    const cleanup = createCleanup();
    const made = await makePrivateDirectory(cleanup, directory);
    await made.write('values.json', '{}');
    cleanup.run();
    expect(existsSync(made.path)).toBe(false);
  });

  it('says where to point TMPDIR', async () => {
    expect(await failure(makePrivateDirectory(createCleanup(), at('no')))).toMatchObject({
      exitCode: 1,
      next: expect.stringContaining('TMPDIR'),
    });
  });
});

describe('cleanup', () => {
  it('undoes the newest first, once, past failures, and not what is done already', () => {
    const cleanup = createCleanup();
    const undone: string[] = [];
    cleanup.add(() => undone.push('first'));
    cleanup.add(() => {
      throw new Error('fails');
    });
    const done = cleanup.add(() => undone.push('done otherwise'));
    cleanup.add(() => undone.push('last'));
    done();
    cleanup.run();
    cleanup.run();
    expect(undone).toEqual(['last', 'first']);
  });
});
