import { type Controller, readControllers } from '../controllers.ts';
import { gathering } from '../gathering.ts';
import { byLabels, byName } from '../selectors.ts';
import { servedVersion } from '../served.ts';

const components = ['recommender', 'updater', 'admission-controller'] as const;

/**
 * The autoscaler's own manifests have fixed names and no labels; charts have labels and names of
 * their own, all with "vpa" or "vertical-pod-autoscaler".
 */
const queries = [
  ...components.map((name) => byName(`vpa-${name}`)),
  byLabels(`app.kubernetes.io/component in (${components.join(',')})`),
];

export const gatherVpa = gathering<'vpa'>(async ({ reader }) => {
  if (!(await servedVersion(reader, 'autoscaling.k8s.io')))
    return { served: false, recommender: null, updater: null, admission: null };
  const found = (await readControllers(reader, queries)).filter(({ name, image }) =>
    /vpa|vertical-pod-autoscaler/.test(`${name} ${image}`),
  );
  const of = (component: string): Controller | null =>
    found.find(({ name, image }) => `${name} ${image}`.includes(component)) ?? null;
  return {
    served: true,
    recommender: of('recommender'),
    updater: of('updater'),
    admission: of('admission'),
  };
});
