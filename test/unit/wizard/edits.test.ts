import { describe, expect, it } from 'vitest';
import { questions } from '../../../src/questions/catalogue.ts';
import { areEqual, getNode, leaves, type Node, type Path } from '../../../src/values/tree.ts';
import { commandOf } from '../../../src/wizard/command.ts';
import { editValue, mend } from '../../../src/wizard/edits.ts';
import type { InitialInput } from '../../../src/wizard/initial.ts';
import { replayState } from '../../../src/wizard/replay-state.ts';
import { requestOf } from '../../../src/wizard/request.ts';
import type { WizardState } from '../../../src/wizard/state.ts';
import { startWizard } from '../../support/wizard.ts';

type Said = InitialInput['draft'];
type Change = readonly [path: Path, value: unknown];

const startedWith = (draft: Said) => startWizard({ draft: { context: 'playground', ...draft } });

function argumentsOf(state: WizardState): string {
  const { text } = commandOf(requestOf(state, state.derived.replay), state);
  return text.replace(/^create-xerv-deploy install ?|--context playground -n xerv$/g, '').trim();
}

const mended = (draft: Said, ...changes: readonly Change[]) =>
  mend(
    startedWith(draft),
    changes.map(([path, value]) => ({ path, value })),
  );

describe('a value that was mended or edited', () => {
  const mesh = ['serviceMesh', 'enabled'];
  const provider = ['serviceMesh', 'provider'];
  it.each<[string, Said, readonly Change[], string]>([
    ['a flag says', {}, [[['replicaCount'], 2]], '--replicas 2'],
    [
      'a flag says instead',
      { answers: { replicas: '3' } },
      [[['replicaCount'], 2]],
      '--replicas 2',
    ],
    [
      'a flag without a value says',
      { presets: ['evaluation'] },
      [[['networkPolicy', 'enabled'], true]],
      '--preset evaluation --network-policy',
    ],
    [
      'a flag says together with another',
      {},
      [
        [mesh, true],
        [provider, 'istio'],
      ],
      '--mesh istio',
    ],
    [
      'no flag says',
      {},
      [[['terminationGracePeriodSeconds'], 77]],
      '--set-json terminationGracePeriodSeconds=77',
    ],
    [
      'a flag says only with more',
      {},
      [[['vpa', 'updateMode'], 'Off']],
      `--set-json 'vpa.updateMode="Off"'`,
    ],
    [
      'a flag says of what is not asked',
      { answers: { backend: 'redis' } },
      [[['storage', 'class'], 'fast']],
      `--backend redis --set-json 'storage.class="fast"'`,
    ],
    ['is taken out', {}, [[['replicaCount'], undefined]], '--set-json replicaCount=null'],
  ])('stands in the command as what %s', (_, draft, changes, command) => {
    expect(argumentsOf(mended(draft, ...changes))).toBe(command);
  });

  it('is the same edited by its path', () => {
    const edited = editValue(startedWith({}), 'replicaCount', '2');
    expect(edited.ok && argumentsOf(edited.state)).toBe('--replicas 2');
  });

  it('gives what the same edits give, whatever answer they are', () => {
    const asFlags = new Set<string>();
    for (const draft of [{}, { presets: ['production-raft'] }])
      for (const question of questions)
        for (const answer of answersOf(question)) {
          const state = startedWith(draft);
          const written = question.write(answer);
          if (!written.ok) continue;
          const changes = [...leaves(written.values)]
            .map(({ path }) => mapPath(path))
            .map((path): Change => [path, getNode(written.values, path)]);
          const next = mended(draft, ...changes);
          const { edits, answers } = mendedOneByOne(state, changes);
          const plain = replayState({ ...state, draft: { ...state.draft, answers, edits } });
          expect(next.derived.replay.given).toEqual(plain.given);
          if (next.draft.answers[question.id] === answer) asFlags.add(question.id);
        }
    // Otherwise it proves nothing.
    expect(asFlags.size).toBeGreaterThan(15);
  });
});

describe('a value that is typed by its path', () => {
  const refusal = (path: string, text: string) => {
    const edited = editValue(startedWith({}), path, text);
    return edited.ok ? 'taken' : `${edited.problem.message} ${edited.problem.next ?? ''}`;
  };

  it('is never the mask of a secret', () => {
    const shown = '[{"name":"PROXY","value":"http://joe:[secret]@proxy:3128"}]';
    expect(refusal('extraEnv', shown)).toMatch(/extraEnv .*\[secret\].*values file/);
    expect(refusal('serviceAccount.name', 'a[secret]')).toContain('[secret]');
  });

  it.each([
    ['nodeSelector', 'disk=ssd', /nodeSelector must be a map, not text\. .*as JSON/],
    ['nodeSelector', '{"disk":"ssd"', /nodeSelector is not JSON/],
    ['tolerations', '[{"key":"a"},]', /tolerations is not JSON/],
    ['serviceAccount.automount', '"yes"', /must be true or false, not text\. $/],
    ['replicaCount', 'many', /must be a number, not text\. $/],
    ['replicaCount', '3.5', /must be a whole number\. $/],
    ['podDisruptionBudget.minAvailable', '{', /not JSON|not in the form/],
    ['priorityClassName', '{', /^taken$/],
  ])('%s: %s is answered in its words', (path, text, words) => {
    expect(refusal(path, text)).toMatch(words);
  });
});

const answersOf = ({ choices }: { readonly choices?: readonly string[] }) =>
  choices ?? ['', '2', '70', 'name', 'name.example', 'name:1234', '20Gi', '500m', 'http://name:1'];

/** Lists are edited as a whole. */
function mapPath(path: Path): Path {
  const index = path.findIndex((step) => typeof step === 'number');
  return index === -1 ? path : path.slice(0, index);
}

/** What is left of the draft, with the changes laid over it as they are. */
function mendedOneByOne(state: WizardState, changes: readonly Change[]) {
  const edits: Record<string, string> = {};
  const { effective } = state.derived.replay;
  for (const [path, value] of changes)
    if (value === null || !areEqual(getNode(effective, path), value as Node))
      edits[path.join('.')] = JSON.stringify(value);
  return { answers: state.draft.answers, edits };
}
