import { type AddOnWorkload, readWorkloads } from '../controllers.ts';
import type { FactValue } from '../facts.ts';
import { gathering, takeAll } from '../gathering.ts';
import { byLabels } from '../selectors.ts';

type Sidecar = FactValue<'grafana'>[number];

/** Sidecars of Grafana that load dashboards, by what their environment tells them. */
export const gatherGrafana = gathering<'grafana'>(async ({ reader }) => {
  const query = byLabels('app.kubernetes.io/name=grafana');
  const [deployments, statefulSets] = await takeAll([
    readWorkloads(reader, 'deployments', query),
    readWorkloads(reader, 'statefulsets', query),
  ]);
  return [...deployments, ...statefulSets].flatMap(sidecarsOf);
});

function sidecarsOf({ metadata, spec }: AddOnWorkload): Sidecar[] {
  return spec.template.spec.containers.flatMap(({ name, env }) => {
    const read = (key: string) => env.find((one) => one.name === key)?.value ?? '';
    const label = read('LABEL');
    // A pod has others like it for data sources, alerts and plug-ins.
    const isForDashboards = /dashboard/.test(`${name} ${read('FOLDER')} ${label}`);
    if (!label || !isForDashboards) return [];
    return [
      {
        namespace: metadata.namespace ?? '',
        name: metadata.name,
        label,
        labelValue: read('LABEL_VALUE'),
        searchNamespaces: read('NAMESPACE')
          .split(',')
          .map((one) => one.trim())
          .filter(Boolean),
        folderAnnotation: read('FOLDER_ANNOTATION'),
      },
    ];
  });
}
