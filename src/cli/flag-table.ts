import { questions } from '../questions/catalogue.ts';
import { type Question, sections, yesNo } from '../questions/question.ts';
import type { FlagGroup } from './command-table.ts';

/** One flag: the source of parsing, help, the README's table and the environment's variables. */
export interface Flag {
  /** Without the dashes. */
  readonly name: string;
  readonly short?: string;
  /** `list` may be given several times. */
  readonly kind: 'boolean' | 'text' | 'list';
  /** What stands for the value in help. */
  readonly placeholder?: string;
  readonly choices?: readonly string[];
  readonly help: string;
  readonly group: FlagGroup;
  /** What it is about, within a large group. */
  readonly heading?: string;
  /** Whether `--no-NAME` says something that leaving the flag out does not. */
  readonly hasOpposite?: true;
}

const plainFlags: readonly Flag[] = [
  {
    name: 'kubeconfig',
    kind: 'text',
    placeholder: 'FILE',
    group: 'target',
    help: 'the kubeconfig to use instead of $KUBECONFIG or ~/.kube/config',
  },
  {
    name: 'context',
    kind: 'text',
    placeholder: 'NAME',
    group: 'target',
    help: "the kubeconfig's context, which names the cluster (default: its current one)",
  },
  {
    name: 'namespace',
    short: 'n',
    kind: 'text',
    placeholder: 'NAME',
    group: 'target',
    help: 'the namespace (default: xerv)',
  },
  {
    name: 'release',
    kind: 'text',
    placeholder: 'NAME',
    group: 'target',
    help: "the helm release's name (default: xerv)",
  },
  {
    name: 'as',
    kind: 'text',
    placeholder: 'USER',
    group: 'target',
    help: 'act as this user, as kubectl --as does',
  },
  {
    name: 'as-group',
    kind: 'list',
    placeholder: 'GROUP',
    group: 'target',
    help: 'act as a member of this group; may be repeated',
  },
  {
    name: 'request-timeout',
    kind: 'text',
    placeholder: 'DURATION',
    group: 'target',
    help: 'how long one request to the cluster may take (default: 15s)',
  },
  {
    name: 'preset',
    kind: 'list',
    placeholder: 'NAME',
    group: 'values',
    help: 'values for a usual deployment (see: presets); may be repeated, the later one wins',
  },
  {
    name: 'values',
    short: 'f',
    kind: 'list',
    placeholder: 'FILE',
    group: 'values',
    help: 'a values file, - for standard input; may be repeated, the later one wins',
  },
  {
    name: 'set',
    kind: 'list',
    placeholder: 'PATH=VALUE',
    group: 'values',
    help: 'set single values, as helm does; may be repeated',
  },
  {
    name: 'set-string',
    kind: 'list',
    placeholder: 'PATH=TEXT',
    group: 'values',
    help: 'the same, but the value is always text',
  },
  {
    name: 'set-json',
    kind: 'list',
    placeholder: 'PATH=JSON',
    group: 'values',
    help: 'the same, but the value is JSON',
  },
  {
    name: 'set-file',
    kind: 'list',
    placeholder: 'PATH=FILE',
    group: 'values',
    help: "the same, but the value is a file's content",
  },
  {
    name: 'reset-values',
    kind: 'boolean',
    group: 'values',
    help: 'upgrade: start from nothing instead of the live values',
  },
  {
    name: 'chart',
    kind: 'text',
    placeholder: 'CHART',
    group: 'values',
    help: 'another chart than the bundled one: directory, archive, repo/name or oci://...',
  },
  {
    name: 'chart-version',
    kind: 'text',
    placeholder: 'VERSION',
    group: 'values',
    help: 'the version of a --chart from a repository',
  },
  {
    name: 'yes',
    short: 'y',
    kind: 'boolean',
    group: 'apply',
    help: 'ask nothing; not enough to delete data, change the backend or open a way in',
  },
  {
    name: 'confirm',
    kind: 'text',
    placeholder: 'RELEASE',
    group: 'apply',
    help: "consent to all that the change does, by the release's name, where --yes is not enough",
  },
  {
    name: 'dry-run',
    kind: 'boolean',
    group: 'apply',
    help: 'everything up to the consent; writes nothing, neither to disk nor to the cluster',
  },
  {
    name: 'values-out',
    kind: 'text',
    placeholder: 'FILE',
    group: 'values',
    help: 'where the values file goes, - for standard output (default: xerv-values.yaml)',
  },
  {
    name: 'timeout',
    kind: 'text',
    placeholder: 'DURATION',
    group: 'rollout',
    help: 'how long to watch the pods, such as 90s or 10m (default: from their probes and number)',
  },
  {
    name: 'keep-data',
    kind: 'boolean',
    group: 'uninstall',
    help: 'keep the claims and volumes; a later install finds them again (the default)',
  },
  {
    name: 'delete-data',
    kind: 'boolean',
    group: 'uninstall',
    help: 'delete them; asks for the release name, or needs --confirm',
  },
  {
    name: 'output',
    short: 'o',
    kind: 'text',
    placeholder: 'text|json',
    choices: ['text', 'json'],
    group: 'structured',
    help: 'json: one document, or one event a line from commands that change something',
  },
  {
    name: 'skip-check',
    kind: 'list',
    placeholder: 'ID=REASON',
    group: 'checks',
    help: 'let a failed check pass, and say why; may be repeated',
  },
  {
    name: 'facts',
    kind: 'text',
    placeholder: 'FILE',
    group: 'judging',
    help: 'judge on what --facts-out saved; asks no cluster',
  },
  {
    name: 'facts-out',
    kind: 'text',
    placeholder: 'FILE',
    group: 'judging',
    help: 'save what was seen of the cluster; no secrets are in it',
  },
  {
    name: 'fix',
    kind: 'boolean',
    group: 'judging',
    help: 'write the values that mend what failed to the values file, after showing them',
  },
  {
    name: 'verbose',
    kind: 'boolean',
    group: 'findings',
    help: 'show the checks that passed, too',
  },
  {
    name: 'output',
    short: 'o',
    kind: 'text',
    placeholder: 'text|json|junit',
    choices: ['text', 'json', 'junit'],
    group: 'findings',
    help: 'json: one document; junit: a report for CI',
  },
  {
    name: 'detailed-exitcode',
    kind: 'boolean',
    group: 'planning',
    help: 'end with 5 where something would change',
  },
  {
    name: 'out',
    kind: 'text',
    placeholder: 'FILE',
    group: 'planning',
    help: 'save the plan for install --plan, - for standard output; no secrets are in it',
  },
  {
    name: 'reuse-values',
    kind: 'boolean',
    group: 'base',
    help: 'start from the live values, as upgrade does',
  },
  {
    name: 'plan',
    kind: 'text',
    placeholder: 'FILE',
    group: 'planned',
    help: 'apply exactly what plan --out saved, or refuse where something has changed since',
  },
  {
    name: 'kube-version',
    kind: 'text',
    placeholder: 'VERSION',
    group: 'render',
    help: "the Kubernetes version to render for (default: helm's own)",
  },
  {
    name: 'api-versions',
    kind: 'list',
    placeholder: 'API',
    group: 'render',
    help: 'an API that the cluster is taken to serve; may be repeated',
  },
  {
    name: 'namespace',
    short: 'n',
    kind: 'text',
    placeholder: 'NAME',
    group: 'render',
    help: 'the namespace (default: xerv)',
  },
  {
    name: 'release',
    kind: 'text',
    placeholder: 'NAME',
    group: 'render',
    help: "the helm release's name (default: xerv)",
  },
  {
    name: 'resume',
    kind: 'boolean',
    group: 'wizard',
    help: 'go on where the last one was left, unasked',
  },
  {
    name: 'fresh',
    kind: 'boolean',
    group: 'wizard',
    help: 'begin anew; what was kept of the last one is dropped',
  },
  {
    name: 'interactive',
    kind: 'boolean',
    hasOpposite: true,
    group: 'screen',
    help: 'ask questions, or never, whatever was detected',
  },
  {
    name: 'plain',
    kind: 'boolean',
    group: 'screen',
    help: 'plain text, line after line',
  },
  {
    name: 'no-color',
    kind: 'boolean',
    group: 'screen',
    help: 'no colours; NO_COLOR does the same',
  },
  {
    name: 'help',
    short: 'h',
    kind: 'boolean',
    group: 'screen',
    help: 'show this help',
  },
];

/** Every flag; one that stands in two groups is read in the same way and may offer more in one. */
export const flagTable: readonly Flag[] = [...plainFlags, ...questions.map(questionFlag)];

function questionFlag({ flag, section, placeholder, choices, help }: Question): Flag {
  const parts = { name: flag, group: 'questions', heading: sections[section], help } as const;
  if (choices === yesNo) return { ...parts, kind: 'boolean', hasOpposite: true };
  return { ...parts, kind: 'text', placeholder, ...(choices && { choices }) };
}
