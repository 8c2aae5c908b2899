import { gathering, takeIfThere } from '../gathering.ts';
import { readNamespace } from '../namespace-object.ts';

export const gatherNamespace = gathering<'namespace'>(async ({ reader, subject }) => {
  const found = takeIfThere(await readNamespace(reader, subject.namespace));
  if (!found) return { exists: false, terminating: false, conditions: [], labels: {} };
  const { phase, conditions } = found.status;
  return {
    exists: true,
    terminating: phase === 'Terminating' || Boolean(found.metadata.deletionTimestamp),
    conditions: conditions
      .filter(({ status }) => status === 'True')
      .map(({ type, message }) => (message ? `${type}: ${message}` : type)),
    labels: found.metadata.labels,
  };
});
