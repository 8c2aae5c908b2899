/** The commands: one table for parsing, help and the README. */
export interface CommandDescription {
  readonly name: string;
  /** One line, as a user would say it. */
  readonly summary: string;
  /** What stands after the flags, as usage shows it. */
  readonly operand?: string;
  /** Groups of flags that it takes. */
  readonly groups: readonly FlagGroup[];
  /** Programs that it calls in any case, so that they can be started before it is loaded. */
  readonly startsWith: readonly ('kubectl' | 'helm')[];
  readonly examples: readonly string[];
}

export type FlagGroup =
  | 'target'
  | 'values'
  | 'questions'
  | 'apply'
  | 'rollout'
  | 'uninstall'
  | 'structured'
  | 'render'
  | 'checks'
  | 'judging'
  | 'findings'
  | 'base'
  | 'planning'
  | 'planned'
  | 'wizard'
  | 'screen';

export const commandNames = [
  'install',
  'upgrade',
  'uninstall',
  'check',
  'plan',
  'explain',
  'status',
  'render',
  'presets',
  'completion',
] as const;

export type CommandName = (typeof commandNames)[number];

export const commandTable: Readonly<Record<CommandName, CommandDescription>> = {
  install: {
    name: 'install',
    summary: 'install XERV, or bring an existing release to exactly the given values',
    groups: [
      'target',
      'values',
      'questions',
      'checks',
      'planned',
      'apply',
      'rollout',
      'structured',
      'wizard',
      'screen',
    ],
    startsWith: ['helm', 'kubectl'],
    examples: [
      'create-xerv-deploy install --preset production-raft',
      'create-xerv-deploy install -f xerv-values.yaml --context staging --yes',
      'XERV_DEPLOY_REDIS_URL=rediss://:secret@redis:6380 create-xerv-deploy install --backend redis',
    ],
  },
  upgrade: {
    name: 'upgrade',
    summary: 'change an installed release: its live values, plus whatever is given',
    groups: ['target', 'values', 'questions', 'checks', 'apply', 'rollout', 'structured', 'screen'],
    startsWith: ['kubectl'],
    examples: [
      'create-xerv-deploy upgrade --replicas 7',
      'create-xerv-deploy upgrade --image ghcr.io/ml-rust/xerv:0.1.1 --yes -o json',
    ],
  },
  uninstall: {
    name: 'uninstall',
    summary: 'remove the release; lists its data first and asks what to do with it',
    groups: ['target', 'apply', 'uninstall', 'rollout', 'structured', 'wizard', 'screen'],
    startsWith: ['kubectl'],
    examples: [
      'create-xerv-deploy uninstall',
      'create-xerv-deploy uninstall --keep-data --yes',
      'create-xerv-deploy uninstall --delete-data --confirm=xerv',
    ],
  },
  check: {
    name: 'check',
    summary: 'report what will not work with these values on this cluster, and how to fix it',
    groups: ['target', 'values', 'base', 'questions', 'judging', 'checks', 'findings', 'screen'],
    startsWith: ['helm', 'kubectl'],
    examples: [
      'create-xerv-deploy check --preset production-raft --preset istio',
      'create-xerv-deploy check -f xerv-values.yaml -o junit > checks.xml',
      'create-xerv-deploy check -f xerv-values.yaml --fix',
    ],
  },
  plan: {
    name: 'plan',
    summary: 'show what would be created, changed, restarted and removed; changes nothing',
    groups: ['target', 'values', 'base', 'questions', 'checks', 'planning', 'structured', 'screen'],
    startsWith: ['helm', 'kubectl'],
    examples: [
      'create-xerv-deploy plan -f xerv-values.yaml',
      'create-xerv-deploy plan --reuse-values --replicas 7',
      'create-xerv-deploy plan -f xerv-values.yaml --detailed-exitcode -o json',
      'create-xerv-deploy plan -f xerv-values.yaml --out plan.json && create-xerv-deploy install --plan plan.json',
    ],
  },
  explain: {
    name: 'explain',
    summary: 'explain what a check reads, why it matters and how to fix it; needs no cluster',
    operand: '[ID]',
    groups: ['structured', 'screen'],
    startsWith: [],
    examples: ['create-xerv-deploy explain', 'create-xerv-deploy explain XV-301'],
  },
  status: {
    name: 'status',
    summary: 'show the release, its pods and claims, and what is wrong and why',
    groups: ['target', 'structured', 'screen'],
    startsWith: ['kubectl'],
    examples: ['create-xerv-deploy status -n xerv', 'create-xerv-deploy status -o json'],
  },
  render: {
    name: 'render',
    summary: 'print the values and the manifests, for GitOps; needs no cluster',
    groups: ['values', 'questions', 'render', 'screen'],
    startsWith: [],
    examples: ['create-xerv-deploy render --preset production-raft > xerv.yaml'],
  },
  presets: {
    name: 'presets',
    summary: 'list the presets, or print one with its comments',
    operand: '[NAME]',
    groups: ['structured', 'screen'],
    startsWith: [],
    examples: ['create-xerv-deploy presets', 'create-xerv-deploy presets production-raft'],
  },
  completion: {
    name: 'completion',
    summary: 'print a shell script that completes commands, flags and their values',
    operand: 'SHELL',
    groups: ['screen'],
    startsWith: [],
    examples: [
      'source <(create-xerv-deploy completion bash)',
      'create-xerv-deploy completion zsh > ~/.zfunc/_create-xerv-deploy',
      'create-xerv-deploy completion fish > ~/.config/fish/completions/create-xerv-deploy.fish',
      'create-xerv-deploy completion powershell | Out-String | Invoke-Expression',
    ],
  },
};

/** Whether a command does anything to the cluster, once there is consent. */
export function changesCluster(command: CommandName): boolean {
  return commandTable[command].groups.includes('apply');
}
