import { expect, test } from 'vitest';
import { run } from '../../../scripts/run.mjs';
import { root } from '../../../scripts/setup.mjs';

test('the package holds few files and no more than it needs', async () => {
  const packed = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    capture: true,
  });
  const [{ files, size }] = JSON.parse(packed.stdout);
  const paths: string[] = files.map(({ path }: { path: string }) => path);
  const program = paths.filter((path) => !/^(charts|presets)\//.test(path));
  expect(program.sort()).toEqual([
    'LICENSE',
    'README.md',
    'bin/create-xerv-deploy.js',
    'bin/package.json',
    'dist/help.json',
    'dist/main.cjs',
    'dist/offline.cjs',
    'dist/offline.json',
    'dist/ui.cjs',
    'package.json',
  ]);
  // Bytes, the chart and its schema included.
  expect(size).toBeLessThan(600_000);
});
