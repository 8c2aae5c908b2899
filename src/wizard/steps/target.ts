import type { WizardState } from '../state.ts';
import { isSameTarget, withUnseenWorld } from '../unseen-world.ts';
import { answered, refused, type Step, withDraft } from './step.ts';

/** RFC 1123, as the API server has it for namespaces. */
const dnsLabel = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const namespaceLength = 63;
/** helm's own limit: names of objects add to it. */
const releaseLength = 53;

const shared = { label: 'Target', isAsked: () => true } as const;

/** Where everything happens. */
export const targetSteps: readonly Step[] = [
  {
    ...shared,
    id: 'context',
    title: 'Which cluster?',
    help: 'A kubeconfig context names the cluster and your user.',
    field: 'none',
    placeholder: '',
    isAsked: ({ world }) => world.contexts.length > 0,
    isObvious: ({ world, draft }) => draft.context !== undefined || world.contexts.length < 2,
    preselected: ({ draft, world }) =>
      draft.context ?? world.contexts.find(({ isCurrent }) => isCurrent)?.name,
    current: ({ draft }) => draft.context,
    options: ({ world }) =>
      world.contexts.map(({ name, server, isCurrent, looksLikeProduction }) => ({
        value: name,
        label: name,
        description: [
          server,
          ...(isCurrent ? ['current context'] : []),
          ...(looksLikeProduction ? ['looks like production'] : []),
        ].join('  '),
      })),
    answer: (state, context) => answered(withTarget(state, { context })),
  },
  {
    ...shared,
    id: 'namespace',
    title: 'Which namespace?',
    help: 'It is created if it does not exist.',
    field: 'text',
    placeholder: 'NAME',
    isObvious: () => true,
    preselected: ({ draft }) => draft.namespace,
    options: ({ world: { facts } }) =>
      facts.namespaces?.state === 'known'
        ? Object.keys(facts.namespaces.value)
            .filter((name) => !name.startsWith('kube-'))
            .sort()
            .map((name) => ({ value: name, label: name, description: '' }))
        : [],
    answer: (state, namespace) =>
      isName(namespace, namespaceLength)
        ? answered(withTarget(state, { namespace }))
        : badName(namespace, namespaceLength),
  },
  {
    ...shared,
    id: 'release',
    title: 'What is the release called?',
    help: 'The name helm knows this deployment by.',
    field: 'text',
    placeholder: 'NAME',
    isObvious: () => true,
    preselected: ({ draft }) => draft.release,
    options: () => [],
    answer: (state, release) =>
      isName(release, releaseLength)
        ? answered(withTarget(state, { release }))
        : badName(release, releaseLength),
  },
];

function isName(name: string, limit: number): boolean {
  return name.length <= limit && dnsLabel.test(name);
}

function badName(name: string, limit: number) {
  return refused(
    name === '' ? 'A name is required.' : 'That is not a valid name.',
    `At most ${limit} lower-case letters, digits and -, with a letter or digit at both ends.`,
  );
}

/** Another target, of which nobody has said what is to become of a release there. */
function withTarget(
  state: WizardState,
  target: Partial<Pick<WizardState['draft'], 'context' | 'namespace' | 'release'>>,
): WizardState {
  const next = withDraft(state, target);
  return isSameTarget(next, state) ? next : withUnseenWorld(withDraft(next, { intent: undefined }));
}
