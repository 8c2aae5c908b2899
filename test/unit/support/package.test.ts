import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { run } from '../../../scripts/run.mjs';
import { root } from '../../../scripts/setup.mjs';
import type { BuiltPiece } from '../../../src/built-program.ts';
import { readParts } from '../../../src/files/read-parts.ts';

const dist = (file: string) => join(root, 'dist', file);

/** The text of each piece of the built program. */
function builtTexts(): string[] {
  const { builtPieces } = createRequire(import.meta.url)(dist('first-stage.cjs'));
  return Object.values(builtPieces as Record<string, BuiltPiece>).map(({ place, isPacked }) => {
    const content = readParts(dist('program.pack'), [place]);
    return (isPacked ? brotliDecompressSync(content) : content).toString('latin1');
  });
}

test('the package holds few files and no more than it needs', async () => {
  const packed = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    capture: true,
  });
  const [{ files, size, unpackedSize }] = JSON.parse(packed.stdout);
  const paths: string[] = files.map(({ path }: { path: string }) => path);
  expect(paths.sort()).toEqual([
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
  // Bytes, the chart and its schema included. The aim is 300,000: Ink and React alone are a third of
  // that, the chart another.
  expect(size).toBeLessThan(540_000);
  // Most of the program lies in it compressed; the chart's archive does not.
  expect(unpackedSize).toBeLessThan(1_130_000);
});

test('every library whose code is in the program is named with its licence', async () => {
  const notices = await readFile(dist('LICENCES.txt'), 'utf8');
  const firstStage = ['first-stage.cjs', 'command-line.cjs'];
  const bundles = [...builtTexts(), ...firstStage.map((file) => readFileSync(dist(file), 'utf8'))];
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
  for (const section of notices.split(`\n${'-'.repeat(80)}\n`).slice(1)) {
    expect(section).toMatch(/^\n\S+ \d+\.\d+\.\d+\S* \([\w.-]+\)\n/);
    expect(section).toMatch(granted);
  }
});
