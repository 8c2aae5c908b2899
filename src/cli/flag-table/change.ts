import type { Flag } from '../flag.ts';

/** What a command changes, and how it asks and tells. */
export const changeFlags: readonly Flag[] = [
  {
    name: 'yes',
    short: 'y',
    kind: 'boolean',
    group: 'apply',
    help: 'ask nothing; does not cover deleting data, changing the backend or exposing the API',
  },
  {
    name: 'confirm',
    kind: 'text',
    placeholder: 'RELEASE',
    group: 'apply',
    help: "consent to everything the change does, by the release's name, where --yes is not enough",
  },
  {
    name: 'dry-run',
    kind: 'boolean',
    group: 'apply',
    help: 'do everything except write, to disk or to the cluster',
  },
  {
    name: 'timeout',
    kind: 'text',
    placeholder: 'DURATION',
    group: 'rollout',
    help: 'how long to watch the pods, such as 90s or 10m (default: from probes and replicas)',
  },
  {
    name: 'keep-data',
    kind: 'boolean',
    group: 'uninstall',
    help: 'keep the claims and volumes; a later install uses them again (the default)',
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
    help: 'json: one document, or one event per line from commands that change something',
  },
  {
    name: 'detailed-exitcode',
    kind: 'boolean',
    group: 'planning',
    help: 'exit with 5 if something would change',
  },
  {
    name: 'out',
    kind: 'text',
    placeholder: 'FILE',
    group: 'planning',
    help: 'save the plan for install --plan, - for standard output; contains no secrets',
  },
  {
    name: 'plan',
    kind: 'text',
    placeholder: 'FILE',
    group: 'planned',
    help: 'apply exactly what plan --out saved; refuse if anything has changed since',
  },
];
