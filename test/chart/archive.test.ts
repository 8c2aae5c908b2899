import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { extract } from 'tar';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runOrThrow } from '../../scripts/run.mjs';
import { root, setUp } from '../../scripts/setup.mjs';
import { bundledChart } from '../../src/bundled-chart.ts';
import { chart, helms } from '../support/render.ts';
import { runProgram } from '../support/run.ts';

const tools = await setUp();
const presets = (await readdir(join(root, 'presets'))).map((file) => join(root, 'presets', file));
const env = { ...process.env, HOME: tmpdir() };

let directory: string;
let installed: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'archive-'));
  await runOrThrow('npm', ['pack', root, '--ignore-scripts', '--silent'], { cwd: directory });
  const [packed = ''] = await readdir(directory);
  // It has no dependencies: no registry is asked.
  const args = ['install', '--offline', '--no-audit', '--no-fund', '--prefix', directory];
  await runOrThrow('npm', [...args, join(directory, packed)], { cwd: directory });
  installed = join(directory, 'node_modules/create-xerv-deploy');
});
afterAll(() => rm(directory, { recursive: true }));

async function filesIn(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const pairs = files.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name);
    return [relative(folder, path), await readFile(path, 'utf8')] as const;
  });
  return Object.fromEntries(await Promise.all(pairs));
}

describe.each(helms)('the chart’s archive in the installed package (%s)', (name) => {
  const helm = (...args: string[]) => runOrThrow(tools[name], args, { cwd: directory, env });
  const template = (reference: string, preset: string) =>
    helm('template', 'xerv', reference, '--no-hooks', '--namespace=xerv', '--values', preset);

  test('holds what helm would package of the directory', async () => {
    const [ours, theirs] = [join(directory, `ours-${name}`), join(directory, `theirs-${name}`)];
    await cp(chart, join(directory, `copy-${name}`), { recursive: true });
    await helm('package', join(directory, `copy-${name}`), '--destination', theirs);
    const [packaged = ''] = await readdir(theirs);
    await extract({ file: join(theirs, packaged), cwd: theirs });
    await cp(bundledChart(installed), join(ours, 'xerv.tgz'));
    await extract({ file: join(ours, 'xerv.tgz'), cwd: ours });
    const [found, wanted, source] = await Promise.all(
      [join(ours, 'xerv'), join(theirs, 'xerv'), chart].map(filesIn),
    );
    expect(Object.keys(found ?? {}).sort()).toEqual(Object.keys(wanted ?? {}).sort());
    for (const [path, content] of Object.entries(found ?? {}))
      expect(content, path).toBe(source?.[path]);
  });

  test.each(presets)('renders as the directory does: %s', async (preset) => {
    const rendered = await template(bundledChart(installed), preset);
    expect(rendered).toContain('kind:');
    expect(rendered).toBe(await template(chart, preset));
  });

  test('is linted and shown', async () => {
    expect(await helm('lint', '--strict', bundledChart(installed))).toContain('0 chart(s) failed');
    const readme = await readFile(join(chart, 'README.md'), 'utf8');
    expect((await helm('show', 'readme', bundledChart(installed))).trim()).toContain(readme.trim());
  });

  test('is what the installed program renders', async () => {
    const [preset = ''] = presets;
    const program = join(installed, 'bin/create-xerv-deploy.js');
    const { code, stdout, stderr } = await runProgram(['render', '--values', preset], {
      env: { XERV_DEPLOY_HELM: tools[name] },
      program,
    });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout.replace(/^#.*\n/gm, '')).toBe(
      (await template(chart, preset)).replace(/^#.*\n/gm, ''),
    );
    const refused = await runProgram(['render', '--set', 'replicaCont=1'], {
      env: { XERV_DEPLOY_HELM: tools[name] },
      program,
    });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('replicaCont');
  });
});
