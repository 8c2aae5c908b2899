import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandNames } from '../../../src/cli/command-table.ts';
import { completionScript, type Shell, shells } from '../../../src/cli/completion/scripts.ts';

const known = { presets: ['evaluation', 'istio'], checks: ['XV-101', 'XV-102'] };
const has = (shell: string) => spawnSync(shell, ['-c', 'exit 0']).status === 0;

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'xerv-completion-'));
  for (const shell of shells)
    await writeFile(join(directory, shell), completionScript(shell, known));
  await writeFile(join(directory, 'my values.yaml'), '');
});
afterAll(() => rm(directory, { recursive: true }));

/** Runs a script in a shell, in a folder with one values file; gives its lines. */
function ask(shell: Shell, script: string, env: Readonly<Record<string, string>> = {}): string[] {
  const { stdout, stderr } = spawnSync(shell, ['-c', script], {
    cwd: directory,
    env: { PATH: process.env.PATH ?? '', HOME: directory, ...env },
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return stdout.split('\n').filter(Boolean);
}

/** What is offered for the last word of a line, which bash takes apart at "=". */
function inBash(line: string): string[] {
  const words = ['create-xerv-deploy', ...line.split(/ |(?<==)|(?==)/)];
  return ask(
    'bash',
    `source ./bash
    COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')})
    COMP_CWORD=${words.length - 1}
    _create_xerv_deploy
    printf '%s\\n' "\${COMPREPLY[@]}"`,
  );
}

describe.runIf(has('bash'))('in bash', () => {
  it('offers commands, and what begins like them', () => {
    expect(inBash('')).toEqual([...commandNames]);
    expect(inBash('un')).toEqual(['uninstall']);
  });

  it('offers the flags of the command, those of install without one', () => {
    expect(inBash('uninstall --d')).toEqual(['--dry-run', '--delete-data']);
    expect(inBash('--pla')).toEqual(['--plan', '--plain']);
    expect(inBash('install --no-inter')).toEqual(['--no-interactive']);
  });

  it('offers values, after a space and after "="', () => {
    expect(inBash('install --backend r')).toEqual(['raft', 'redis']);
    expect(inBash('install --backend=r')).toEqual(['raft', 'redis']);
    expect(inBash('install --backend=')).toContain('nats');
    expect(inBash('check --preset ')).toEqual(known.presets);
    expect(inBash('check -o ju')).toEqual(['junit']);
    expect(inBash('status -o ju')).toEqual([]);
  });

  it('offers operands and files, and nothing where only the user knows', () => {
    expect(inBash('explain XV-1')).toEqual(known.checks);
    expect(inBash('completion z')).toEqual(['zsh']);
    expect(inBash('install -f my')).toEqual(['my values.yaml']);
    expect(inBash('install --namespace x')).toEqual([]);
  });
});

describe.runIf(has('fish'))('in fish', () => {
  const inFish = (line: string) =>
    ask('fish', `source ./fish; complete -C 'create-xerv-deploy ${line}'`).map(
      (offer) => offer.split('\t')[0],
    );

  it('offers commands, flags, values, operands and files', () => {
    expect(inFish('un')).toEqual(['uninstall']);
    expect(inFish('uninstall --d')).toEqual(['--delete-data', '--dry-run']);
    expect(inFish('install --backend r')).toEqual(['raft', 'redis']);
    expect(inFish('--backend=r')).toEqual(['--backend=raft', '--backend=redis']);
    expect(inFish('explain XV-1')).toEqual(known.checks);
    expect(inFish('install -f my')).toEqual(['my values.yaml']);
  });
});

describe.runIf(has('zsh'))('in zsh', () => {
  // The functions of completion are replaced by ones that print what they are given.
  const inZsh = (line: string) => {
    const words = ['create-xerv-deploy', ...line.split(' ')].map((word) => `'${word}'`);
    const print = '_describe() { print -l $commands }; _arguments() { print -l -- "$@" };';
    return ask(
      'zsh',
      `compdef() { }; source ./zsh; ${print} words=(${words.join(' ')}); CURRENT=\${#words}; _create-xerv-deploy`,
    );
  };

  it('describes commands, and the flags, values and operand of one', () => {
    expect(inZsh('')[0]).toMatch(/^install:/);
    const specs = inZsh('install --backend r');
    expect(specs.find((spec) => spec.startsWith('--backend='))).toMatch(/\((?:.* )?raft .*\)$/);
    expect(specs.filter((spec) => spec.includes(':_files')).length).toBeGreaterThan(3);
    expect(inZsh('explain X').at(-1)).toBe('1:explain:(XV-101 XV-102)');
  });
});

it('the script for PowerShell names every command and quotes its texts', () => {
  const script = completionScript('powershell', known);
  for (const name of commandNames) expect(script).toContain(`'${name}' = `);
  expect(script).toContain("'install --backend' = @('memory'");
  expect(script).toContain("the helm release''s name");
});
