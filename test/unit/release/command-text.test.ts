import { expect, test } from 'vitest';
import { helmCommand, kubectlCommand, ownCommand } from '../../../src/release/command-text.ts';

const target = { context: 'admin@lab (eu)', namespace: 'xerv', release: 'flow' };

test('commands meet the same cluster, and can be pasted', () => {
  expect(kubectlCommand(target, 'describe', 'pod', 'flow-0')).toBe(
    "kubectl --context 'admin@lab (eu)' -n xerv describe pod flow-0",
  );
  expect(helmCommand(target, 'rollback', 'flow', '2')).toBe(
    "helm rollback flow 2 --kube-context 'admin@lab (eu)' -n xerv",
  );
  expect(ownCommand(target, 'status')).toBe(
    "create-xerv-deploy status --context 'admin@lab (eu)' -n xerv --release flow",
  );
});

test('what is the default is left out', () => {
  expect(ownCommand({ context: '', namespace: 'xerv', release: 'xerv' }, 'status')).toBe(
    'create-xerv-deploy status -n xerv',
  );
});
