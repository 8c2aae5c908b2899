import { gathering, take } from '../gathering.ts';

export const gatherNamespaces = gathering<'namespaces'>(async ({ reader }) => {
  const all = take(await reader.listMetadata('/api/v1/namespaces'));
  return Object.fromEntries(all.map(({ name, labels }) => [name, { ...labels }]));
});
