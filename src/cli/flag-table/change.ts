import type { Flag } from '../flag.ts';

/** What a command changes, and how it asks and tells. */
export const changeFlags: readonly Flag[] = [
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
    name: 'plan',
    kind: 'text',
    placeholder: 'FILE',
    group: 'planned',
    help: 'apply exactly what plan --out saved, or refuse where something has changed since',
  },
];
