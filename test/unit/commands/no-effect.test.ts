import { expect, test } from 'vitest';
import { findCandidates, withoutParts } from '../../../src/commands/no-effect.ts';
import { diffTrees } from '../../../src/values/diff.ts';
import { type Layers, userValues } from '../../../src/values/layers.ts';
import { printPath } from '../../../src/values/path.ts';
import { takeSecrets } from '../../../src/values/secrets.ts';

const pathsOf = (found: ReturnType<typeof findCandidates>) =>
  found.map(({ change }) => printPath(change.path));

test('only what the user wrote is called without effect', () => {
  const given: Layers = [
    { origin: { kind: 'preset', name: 'production-raft' }, values: { replicaCount: 3 } },
    { origin: { kind: 'file', path: 'values.yaml' }, values: { keda: { pollingInterval: 7 } } },
    {
      origin: { kind: 'flag', flag: '--redis-url' },
      values: { dispatch: { backend: 'redis', redis: { url: 'redis://xerv:secret@r:6379' } } },
    },
    {
      origin: { kind: 'set', flag: '--set', expression: 'podLabels.a=b' },
      values: { podLabels: { a: 'b' } },
    },
  ];
  const { layers } = takeSecrets(given, () => 'xerv-redis');
  const live = { dispatch: { nats: { existingSecretKey: 'url' } } };

  const candidates = findCandidates(layers, diffTrees(live, userValues(layers)));

  expect(pathsOf(candidates)).toEqual(['dispatch.backend', 'keda.pollingInterval', 'podLabels.a']);
});

test('a flag that sets several values has an effect where one of them has', () => {
  const layers: Layers = [
    { origin: { kind: 'flag', flag: '--ingress' }, values: { ingress: { a: 1, b: 2 } } },
    { origin: { kind: 'flag', flag: '--keda' }, values: { keda: { a: 1, b: 2 } } },
    { origin: { kind: 'file', path: 'f' }, values: { file: { a: 1, b: 2 } } },
  ];
  const candidates = findCandidates(layers, diffTrees({}, userValues(layers)));
  const found = candidates
    .filter(({ change }) => printPath(change.path) !== 'ingress.a')
    .filter(({ change }) => printPath(change.path) !== 'file.b');
  expect(pathsOf([...withoutParts(candidates, found)])).toEqual(['file.a', 'keda.a', 'keda.b']);
});
