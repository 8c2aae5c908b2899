import type { Flag } from '../flag.ts';

/** What the checks read, and how they tell what they found. */
export const checkFlags: readonly Flag[] = [
  {
    name: 'skip-check',
    kind: 'list',
    placeholder: 'ID=REASON',
    group: 'checks',
    help: 'let a failed check pass, with a reason; may be repeated',
  },
  {
    name: 'facts',
    kind: 'text',
    placeholder: 'FILE',
    group: 'judging',
    help: 'check what --facts-out saved, without a cluster',
  },
  {
    name: 'facts-out',
    kind: 'text',
    placeholder: 'FILE',
    group: 'judging',
    help: 'save what was seen of the cluster; contains no secrets',
  },
  {
    name: 'fix',
    kind: 'boolean',
    group: 'judging',
    help: 'write values that fix the failures to the values file, after showing them',
  },
  {
    name: 'verbose',
    kind: 'boolean',
    group: 'findings',
    help: 'show passed checks too',
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
];
