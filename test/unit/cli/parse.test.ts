import { describe, expect, it } from 'vitest';
import { parseInvocation } from '../../../src/cli/parse.ts';

const parse = (line: string, environment: Record<string, string> = {}) =>
  parseInvocation(line.split(' ').filter(Boolean), environment);
const messages = (line: string, environment: Record<string, string> = {}) =>
  parse(line, environment).problems.map(({ message }) => message);

describe('parseInvocation', () => {
  it('takes no command as install', () => {
    expect(parse('')).toMatchObject({ command: 'install', commandGiven: false, problems: [] });
  });

  it('reads flags before and after the command, in both forms and by their letter', () => {
    const { command, flags, problems } = parse(
      '-n prod upgrade --preset a --preset=b -f one.yaml -f - -y --context=eu',
    );
    expect(problems).toEqual([]);
    expect(command).toBe('upgrade');
    expect(flags.text('namespace')).toBe('prod');
    expect(flags.list('preset')).toEqual(['a', 'b']);
    expect(flags.list('values')).toEqual(['one.yaml', '-']);
    expect(flags.isOn('yes')).toBe(true);
    expect(flags.text('context')).toBe('eu');
  });

  it('keeps "not given" apart from "no"', () => {
    expect(parse('install').flags.choice('interactive')).toBeUndefined();
    expect(parse('install --no-interactive').flags.choice('interactive')).toBe(false);
    expect(parse('install --interactive').flags.choice('interactive')).toBe(true);
  });

  it('lists every problem at once, each with what was probably meant', () => {
    expect(messages('instal --contxt eu --output yaml --replicas')).toEqual([
      'There is no command "instal". Did you mean install?',
      'There is no flag --contxt. Did you mean --context?',
      expect.stringContaining('--output cannot be "yaml"'),
      '--replicas needs a value: --replicas N',
    ]);
  });

  it('says which command a flag belongs to', () => {
    expect(messages('install --delete-data')).toEqual([
      'install has no --delete-data; it belongs to uninstall',
    ]);
  });

  it('refuses operands that a command does not take', () => {
    expect(parse('status web').problems).toEqual([
      {
        message: 'status takes no argument "web"',
        next: 'A release is named with --release web, a namespace with -n NAMESPACE.',
      },
    ]);
    expect(parse('explain a b').problems).toMatchObject([
      { next: expect.stringMatching(/--help$/) },
    ]);
    expect(parse('presets redis').operands).toEqual(['redis']);
  });

  it('takes flags from the environment, where the argument list has none', () => {
    const environment = {
      XERV_DEPLOY_CONTEXT: 'from-environment',
      XERV_DEPLOY_NAMESPACE: 'ignored',
      XERV_DEPLOY_PRESET: 'a\nb',
      XERV_DEPLOY_YES: 'true',
    };
    const { flags, fromEnvironment, problems } = parse('install -n given', environment);
    expect(problems).toEqual([]);
    expect(flags.text('context')).toBe('from-environment');
    expect(flags.text('namespace')).toBe('given');
    expect(flags.list('preset')).toEqual(['a', 'b']);
    expect(flags.isOn('yes')).toBe(true);
    expect([...fromEnvironment].sort()).toEqual(['context', 'preset', 'yes']);
  });

  it('does not repeat the value of a wrong variable, which may be secret', () => {
    const [message] = messages('install', { XERV_DEPLOY_BACKEND: 'redis://:hunter2@host' });
    expect(message).toContain('XERV_DEPLOY_BACKEND');
    expect(message).not.toContain('hunter2');
  });
});

describe('flags of questions for yes and no', () => {
  it('take no value and have an opposite', () => {
    const { flags, problems } = parse('install --alerts --no-metrics --dashboards=false');
    expect(problems).toEqual([]);
    expect(flags.answer('alerts')).toBe('true');
    expect(flags.answer('metrics')).toBe('false');
    expect(flags.answer('dashboards')).toBe('false');
    expect(flags.answer('service-monitor')).toBeUndefined();
  });

  it('are taken from the environment, too', () => {
    const environment = { XERV_DEPLOY_ALERTS: 'false', XERV_DEPLOY_MESH: 'istio' };
    const { flags } = parse('install', environment);
    expect(flags.answer('alerts')).toBe('false');
    expect(flags.answer('mesh')).toBe('istio');
    expect(messages('install', { XERV_DEPLOY_ALERTS: 'maybe' })).toEqual([
      'XERV_DEPLOY_ALERTS must be true or false',
    ]);
  });
});
