import { kubectlCommand } from '../release/command-text.ts';
import type { Choice } from './list.ts';
import type { EndedPhase, WizardState } from './state.ts';

/** What can be done about an apply that failed or was stopped, best first. */
export function failureOptions(state: WizardState, ended: EndedPhase): readonly Choice[] {
  const { outcome, request, revision } = ended;
  if (outcome.outcome === 'done') return [];
  if (request.draft.intent === 'uninstall')
    return [
      { value: 'retry', label: 'Look again and go on', description: 'with what is there now' },
      leave(kubectlCommand(commandTarget(state, ended), 'get', 'all,pvc')),
    ];
  const another: Choice = {
    value: 'image',
    label: 'Choose another image',
    description: 'then review and try again',
  };
  const change: Choice = {
    value: 'change',
    label: 'Change an answer',
    description: 'then review and try again',
  };
  const retry: Choice = {
    value: 'retry',
    label: 'Try again as it is',
    description: 'after another look at the plan',
  };
  // Of the release nothing has changed: neither is there anything to undo, nor was it an answer.
  if (!hasBegun(ended)) return [retry, change, leave(describeCommand(state, ended))];
  const isCause = (one: string) => outcome.diagnoses.some(({ cause }) => cause === one);
  const ordered = isCause('image-pull')
    ? [another, change, retry]
    : isCause('gone')
      ? [retry, change, another]
      : [change, retry, another];
  return [
    ...ordered,
    ...(revision === undefined
      ? []
      : [
          {
            value: 'rollback',
            label: `Go back to revision ${revision}`,
            description: 'what ran before; its review comes first',
          },
        ]),
    leave(describeCommand(state, ended)),
    { value: 'uninstall', label: 'Uninstall', description: 'data is kept unless you say so' },
  ];
}

/** Whether helm was started: what comes before it are steps that are told when they are done. */
function hasBegun({ events, outcome }: EndedPhase): boolean {
  const isStarted = events.some((event) => event.type === 'step' && event.state === 'started');
  return isStarted || outcome.diagnoses.length > 0;
}

function leave(command: string): Choice {
  return { value: 'keep', label: 'Leave it as it is', description: command };
}

function describeCommand(state: WizardState, ended: EndedPhase): string {
  const target = commandTarget(state, ended);
  const object = ended.outcome.diagnoses[0]?.object ?? '';
  const [kind, name] = object.split(' ');
  return kind && name
    ? kubectlCommand(target, 'describe', kind.toLowerCase(), name)
    : kubectlCommand(target, 'get', 'pods,events');
}

export function commandTarget({ world }: Pick<WizardState, 'world'>, { request }: EndedPhase) {
  const { context = '', namespace, release } = request.draft;
  return { context: world.target?.context ?? context, namespace, release };
}
