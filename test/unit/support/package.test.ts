import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
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
  const program = paths.filter((path) => !/^presets\//.test(path));
  expect(program.sort()).toEqual([
    'LICENSE',
    'README.md',
    'bin/create-xerv-deploy.js',
    'charts/xerv.tgz',
    'dist/LICENCES.txt',
    'dist/command-line.cjs',
    'dist/first-stage.cjs',
    'dist/program.pack',
    'dist/texts.json',
    'package.json',
  ]);
  // Bytes, the chart and its schema included. The aim is 300,000: the program itself is too large yet.
  expect(size).toBeLessThan(580_000);
});

test('every library whose code is in the program is named with its licence', async () => {
  const [notices, ...bundles] = await Promise.all(
    ['LICENCES.txt', 'program.pack', 'first-stage.cjs', 'command-line.cjs'].map((file) =>
      readFile(join(root, 'dist', file), 'utf8'),
    ),
  );
  // What only the library's own code says, and survives being minified.
  const traces = {
    ink: 'waitUntilExit',
    react: 'react.transitional.element',
    'react-reconciler': 'react.portal',
    'yoga-layout': 'POSITION_TYPE_ABSOLUTE',
    yaml: 'tag:yaml.org,2002:',
    'cross-spawn': 'windowsVerbatimArguments',
    zod: 'ZodMini',
  };
  for (const [library, trace] of Object.entries(traces)) {
    expect(
      bundles.some((text) => text.includes(trace)),
      library,
    ).toBe(true);
    expect(notices).toMatch(new RegExp(`^${library} [\\d.]+ \\((MIT|ISC)\\)$`, 'm'));
  }
  const granted = /^permission (is hereby granted|to use)|^ +Apache License$/im;
  for (const section of notices?.split(`\n${'-'.repeat(80)}\n`).slice(1) ?? []) {
    expect(section).toMatch(/^\n\S+ \d+\.\d+\.\d+\S* \([\w.-]+\)\n/);
    expect(section).toMatch(granted);
  }
});
