import { childEnvironment, type Environment } from './child-environment.ts';
import {
  rollbackArguments,
  showArguments,
  templateArguments,
  uninstallArguments,
  upgradeArguments,
} from './helm/arguments.ts';
import { isChartDirectory, readChartFile } from './helm/chart-directory.ts';
import { classifyHelmError, type HelmContext } from './helm/failures.ts';
import { helmLimits as limits } from './helm/limits.ts';
import { parseHelmVersion } from './helm/version.ts';
import type {
  ChartSource,
  ClusterAccess,
  Exec,
  Helm,
  HelmCallOptions,
  HelmFailure,
  HelmResult,
  UninstallOptions,
} from './types.ts';

export type { Helm } from './types.ts';

export interface HelmDependencies {
  /** Path of helm. */
  readonly path: string;
  readonly exec: Exec;
  readonly access: ClusterAccess;
  /** Our own environment; what helm must not see is taken out here. */
  readonly env: Environment;
  /** Takes secrets out of everything that helm says, before anybody sees it. */
  readonly redact?: (text: string) => string;
}

/** How long helm may take to mark the release failed after it was told to end, in milliseconds. */
const timeToMarkFailed = 30_000;

interface Command extends HelmContext {
  readonly args: readonly string[];
  readonly lifetime: 'short' | 'long';
  readonly limit: number;
  readonly input?: string;
  readonly killAfterMilliseconds?: number;
  readonly onStderrLine?: (line: string) => void;
}

/**
 * helm, 3.12 and newer or 4: the flags that are used here mean the same in both.
 *
 * @returns functions that never throw because helm failed
 */
export function createHelm(dependencies: HelmDependencies): Helm {
  const { path, exec, access, env, redact = (text: string) => text } = dependencies;

  async function run(command: Command, options: HelmCallOptions = {}): Promise<HelmResult<string>> {
    const { onStderrLine } = command;
    const timeoutMilliseconds = options.timeoutMilliseconds ?? command.limit;
    const result = await exec(path, command.args, {
      env: childEnvironment(env, access, command.lifetime),
      timeoutMilliseconds,
      ...(command.input !== undefined && { input: command.input }),
      ...(options.signal && { signal: options.signal }),
      ...(options.onStarted && { onStarted: options.onStarted }),
      ...(command.killAfterMilliseconds && {
        killAfterMilliseconds: command.killAfterMilliseconds,
      }),
      ...(onStderrLine && { onStderrLine: (line: string) => onStderrLine(redact(line)) }),
    });
    if (result.exitCode === 0) return { ok: true, value: result.stdout };
    if (result.startFailure)
      return failed('not-started', `${path} cannot be started.`, result.startFailure.message);
    const said = classifyHelmError(result.stderr, command, redact);
    if (result.cancelled) return failed('cancelled', 'helm was told to stop.', said.detail);
    if (result.timedOut)
      return failed(
        'timeout',
        `helm took longer than ${timeoutMilliseconds / 1000} s.`,
        said.detail,
      );
    if (result.exitCode === undefined && !result.outputTooLong)
      return failed('killed', 'helm was killed by another process.', said.detail);
    return { ok: false, failure: said };
  }

  async function show(
    what: 'chart' | 'values',
    chart: ChartSource,
    options?: HelmCallOptions,
  ): Promise<HelmResult<string>> {
    if (await isChartDirectory(chart)) {
      const content = await readChartFile(chart, what === 'chart' ? 'Chart.yaml' : 'values.yaml');
      if (content !== undefined) return { ok: true, value: content };
      if (what === 'values') return { ok: true, value: '' };
      const failure = classifyHelmError('Chart.yaml file is missing', {
        chart: chart.reference,
      });
      return { ok: false, failure };
    }
    return run(
      {
        args: showArguments(what, chart),
        lifetime: 'short',
        limit: limits.render,
        chart: chart.reference,
      },
      options,
    );
  }

  /** A command that changes a release and needs no chart. */
  function runChange(args: readonly string[], options: UninstallOptions) {
    const { release, namespace, onStderrLine } = options;
    return run(
      {
        args,
        lifetime: 'long',
        limit: limits.change,
        killAfterMilliseconds: timeToMarkFailed,
        release,
        namespace,
        ...(onStderrLine && { onStderrLine }),
      },
      options,
    );
  }

  return {
    async version(options) {
      const args = ['version', '--template', '{{.Version}}'];
      const result = await run({ args, lifetime: 'short', limit: limits.version }, options);
      if (!result.ok) return result;
      const version = parseHelmVersion(result.value);
      if (version) return { ok: true, value: version };
      return failed('other', `${path} is not helm.`, 'It does not report a version.');
    },
    async template(options) {
      const { chart, release, namespace } = options;
      const result = await run(
        {
          args: templateArguments(options),
          lifetime: 'short',
          limit: limits.render,
          input: options.values,
          chart: chart.reference,
          release,
          namespace,
        },
        options,
      );
      if (!result.ok) return result;
      return { ok: true, value: result.value.replace(downloadLines, '') };
    },
    upgradeInstall: (options) =>
      run(
        {
          args: upgradeArguments(options, access),
          lifetime: 'long',
          limit: limits.change,
          killAfterMilliseconds: timeToMarkFailed,
          chart: options.chart.reference,
          release: options.release,
          namespace: options.namespace,
          ...(options.onStderrLine && { onStderrLine: options.onStderrLine }),
        },
        options,
      ),
    rollback: (options) => runChange(rollbackArguments(options, access), options),
    uninstall: (options) => runChange(uninstallArguments(options, access), options),
    async showChart(chart, options) {
      const shown = await show('chart', chart, options);
      if (!shown.ok) return shown;
      const { parseChartMetadata } = await import('./helm/chart-metadata.ts');
      const metadata = parseChartMetadata(shown.value);
      if (metadata) return { ok: true, value: metadata };
      return failed(
        'chart-broken',
        `The Chart.yaml of ${chart.reference} is not valid.`,
        'It must be YAML with at least a name and a version.',
      );
    },
    showValues: (chart, options) => show('values', chart, options),
  };
}

/** helm 4.2 prints these on stdout, before what was asked for. */
const downloadLines = /^(?:(?:Pulled|Digest): .*\n)+/;

const nextSteps: Partial<Record<HelmFailure['kind'], string>> = {
  'not-started': 'Check that it is built for this machine and that you may run it.',
  cancelled: 'Run this again when you are ready.',
  timeout: 'Check what the cluster is doing, then run this again.',
  killed: 'Check whether this machine ran out of memory, then run this again.',
  'chart-broken': 'Fix the chart, or use another one with --chart.',
};

function failed(kind: HelmFailure['kind'], message: string, detail: string): HelmResult<never> {
  const next = nextSteps[kind] ?? 'Install helm 3.12 or newer and run this again.';
  return { ok: false, failure: { kind, message, detail, next } };
}
