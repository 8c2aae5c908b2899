import { helmAccessArguments } from '../access-arguments.ts';
import type {
  ChartSource,
  ClusterAccess,
  RollbackOptions,
  TemplateOptions,
  UninstallOptions,
  UpgradeInstallOptions,
} from '../types.ts';

/**
 * The argument lists of helm. Values are given by file or on standard input alone: what stands in an
 * argument list can be read by everybody on the machine. Names come after `--`, so that none is
 * taken for a flag.
 */
export function templateArguments(options: Omit<TemplateOptions, 'values'>): string[] {
  return [
    'template',
    // Tests are objects of a run of `helm test`, not of the release.
    '--no-hooks',
    `--namespace=${options.namespace}`,
    '--values=-',
    ...(options.kubeVersion ? [`--kube-version=${options.kubeVersion}`] : []),
    ...(options.apiVersions ?? []).map((version) => `--api-versions=${version}`),
    ...(options.isUpgrade ? ['--is-upgrade'] : []),
    ...(options.skipsSchema ? ['--skip-schema-validation'] : []),
    ...chartArguments(options.chart),
    '--',
    options.release,
    options.chart.reference,
  ];
}

/**
 * Without `--wait`: we watch the pods ourselves and say what is wrong with them. Without
 * `--create-namespace`: it fails for users who may edit only what is in an existing one.
 */
export function upgradeArguments(options: UpgradeInstallOptions, access: ClusterAccess): string[] {
  return [
    'upgrade',
    '--install',
    ...helmAccessArguments(access),
    `--namespace=${options.namespace}`,
    ...valuesArguments(options.valuesFiles),
    ...(options.description ? [`--description=${options.description}`] : []),
    ...chartArguments(options.chart),
    '--',
    options.release,
    options.chart.reference,
  ];
}

export function rollbackArguments(options: RollbackOptions, access: ClusterAccess): string[] {
  return [
    'rollback',
    ...helmAccessArguments(access),
    `--namespace=${options.namespace}`,
    '--',
    options.release,
    String(options.revision),
  ];
}

export function uninstallArguments(options: UninstallOptions, access: ClusterAccess): string[] {
  return [
    'uninstall',
    ...helmAccessArguments(access),
    `--namespace=${options.namespace}`,
    '--',
    options.release,
  ];
}

export function showArguments(what: 'chart' | 'values', chart: ChartSource): string[] {
  return ['show', what, ...chartArguments(chart), '--', chart.reference];
}

function chartArguments({ version }: ChartSource): string[] {
  return version === undefined ? [] : [`--version=${version}`];
}

/** helm reads the flag as a line of CSV: a comma in a path would make two files of it. */
function valuesArguments(files: readonly string[]): string[] {
  return files.map((file) =>
    /[",]/.test(file) ? `--values="${file.replaceAll('"', '""')}"` : `--values=${file}`,
  );
}
