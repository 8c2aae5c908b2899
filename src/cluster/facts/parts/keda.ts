import { readControllers } from '../controllers.ts';
import { gathering } from '../gathering.ts';
import { byLabels } from '../selectors.ts';
import { servedVersion } from '../served.ts';

/** Its Deployments as its manifests and as its chart name them. */
const names = [
  'keda-operator',
  'keda-metrics-apiserver',
  'keda-operator-metrics-apiserver',
  'keda-admission-webhooks',
];

export const gatherKeda = gathering<'keda'>(async ({ reader }) => {
  if (!(await servedVersion(reader, 'keda.sh'))) return { served: false, controllers: [] };
  const query = byLabels(`app.kubernetes.io/name in (${names.join(',')})`);
  return { served: true, controllers: await readControllers(reader, [query]) };
});
