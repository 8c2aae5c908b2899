import { gathering, take } from '../gathering.ts';

export const gatherPriorityClasses = gathering<'priorityClasses'>(async ({ reader }) => {
  const classes = await reader.listMetadata('/apis/scheduling.k8s.io/v1/priorityclasses');
  return take(classes).map(({ name }) => name);
});
