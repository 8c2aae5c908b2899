// Installing the package, against a package with nothing in it: node bench/npm-install.mjs [ROUNDS]
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runOrThrow } from '../scripts/run.mjs';
import { root, setUp } from '../scripts/setup.mjs';
import { compare, print, runQuietly } from './measure.mjs';

const rounds = Number(process.argv[2] ?? 10);
await setUp();
const directory = await mkdtemp(join(tmpdir(), 'xerv-bench-'));
let folders = 0;

/**
 * @param {string} name
 * @param {string} source the folder of a package
 */
async function contender(name, source) {
  const place = join(directory, name);
  await mkdir(place, { recursive: true });
  await runOrThrow('npm', ['pack', source, '--ignore-scripts', '--silent'], { cwd: place });
  const [archive = ''] = await readdir(place);
  return {
    name: `npm install ${name}`,
    run: async () => {
      folders += 1;
      const folder = join(directory, String(folders));
      await mkdir(folder);
      const args = ['install', '--no-audit', '--no-fund', '--prefix', folder, join(place, archive)];
      await runQuietly('npm', args);
    },
  };
}

try {
  const empty = join(directory, 'source');
  await mkdir(empty);
  await writeFile(join(empty, 'package.json'), '{"name":"empty","version":"1.0.0"}');
  print(
    'Installing the package',
    await compare(await contender('empty', empty), [await contender('create-xerv-deploy', root)], {
      rounds,
    }),
    { 'npm install create-xerv-deploy': 1.1 },
  );
} finally {
  await rm(directory, { recursive: true, force: true });
}
