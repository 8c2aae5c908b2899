import type { FactValue } from '../../cluster/facts/facts.ts';
import { servicesOf } from '../../values/addresses.ts';
import { managedVariables, withScheme } from '../managed-environment.ts';
import type { Check, CheckInput, Remedy, Verdict } from '../types.ts';
import { fail, pass, warn, withFact } from '../verdicts.ts';
import { publicImage } from './backend.ts';
import { judgeService } from './service-address.ts';

type Sidecar = FactValue<'grafana'>[number];

const tracingOf = ({ values }: Pick<CheckInput, 'values'>) => values.monitoring.tracing;
const tracingIsOn = (input: Pick<CheckInput, 'values'>) => tracingOf(input).enabled;
const endpointPath = ['monitoring', 'tracing', 'endpoint'] as const;

/** A change is printed: one with a password in it is left to the user. */
const useEndpoint = (value: string, text: string): Remedy =>
  value.includes('@') ? { text } : { text, changes: [{ path: endpointPath, value }] };

const tracingOff: Remedy = {
  text: 'Or turn tracing off.',
  changes: [{ path: ['monitoring', 'tracing', 'enabled'], value: false }],
};

/** Dashboards, traces, and the environment that tells XERV of them. */
export const telemetryChecks: readonly Check[] = [
  {
    id: 'XV-608',
    category: 'observability',
    title: 'Grafana finds the dashboard',
    why: 'Grafana’s sidecar loads ConfigMaps with its label, in the namespaces it watches. Any other ConfigMap is ignored.',
    reads:
      'labels, namespace and folder of the dashboard; the environment of Grafana’s sidecars for dashboards',
    rules: ['D72'],
    applies: ({ values }) => values.monitoring.dashboards.enabled,
    needs: () => ['grafana'],
    run: (input) =>
      withFact(input.facts, 'grafana', 'the sidecars of Grafana', (sidecars) =>
        judgeDashboard(sidecars, input),
      ),
  },
  {
    id: 'XV-611',
    category: 'observability',
    title: 'Traces are sent to a collector',
    why: 'XERV sends OTLP over gRPC, usually to port 4317. On 4318 collectors speak HTTP, and without an address nothing is sent.',
    reads: 'monitoring.tracing.endpoint',
    rules: ['D73'],
    applies: tracingIsOn,
    needs: () => [],
    run: (input) => judgeEndpoint(tracingOf(input).endpoint),
  },
  {
    id: 'XV-612',
    category: 'observability',
    title: 'The collector exists',
    why: 'Traces that cannot be delivered are silently dropped.',
    reads: 'monitoring.tracing.endpoint; the Service of that name, its ports and endpoints',
    rules: [],
    applies: (input) =>
      tracingIsOn(input) &&
      servicesOf(tracingOf(input).endpoint, input.target.namespace).length > 0,
    needs: () => ['services'],
    run: (input) =>
      judgeService(input, {
        address: tracingOf(input).endpoint,
        setting: endpointPath.join('.'),
        who: 'The collector',
        usualPort: 4317,
        remedies: [
          { text: 'Set monitoring.tracing.endpoint to the Service of your collector.' },
          tracingOff,
        ],
      }),
  },
  {
    id: 'XV-613',
    category: 'observability',
    title: 'The image can send traces',
    why: 'Tracing is a build feature of the image (otel). The images that XERV 0.1.0 publishes are built without it, and ignore the settings.',
    reads: 'monitoring.tracing.enabled, image.repository',
    rules: [],
    applies: tracingIsOn,
    needs: () => [],
    run: ({ values: { image } }) =>
      image.repository === publicImage
        ? warn('The public image is built without otel and sends no traces.', {
            evidence: [`image.repository: ${image.repository}`],
            remedies: [
              { text: 'Use an image that was built with otel: --image REPOSITORY:TAG' },
              tracingOff,
            ],
          })
        : pass(`${image.repository} is your own image.`),
  },
  {
    id: 'XV-614',
    category: 'observability',
    title: 'extraEnv does not contradict other values',
    why: 'A variable in extraEnv overrides the one that the chart sets. The value meant for it then has no effect, and whatever the chart derives from that value no longer matches.',
    reads: 'extraEnv, compared with the variables that the chart sets',
    rules: ['D74'],
    applies: ({ values }) => values.extraEnv.length > 0,
    needs: () => [],
    run: ({ values }) => judgeEnvironment(values),
  },
];

function judgeDashboard(sidecars: readonly Sidecar[], { values, target }: CheckInput): Verdict {
  const { labels, namespace: wanted, folder, folderAnnotation } = values.monitoring.dashboards;
  const namespace = wanted || target.namespace;
  const own = `ConfigMap in ${namespace}: labels ${
    Object.entries(labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(',') || 'none'
  }`;
  if (sidecars.length === 0)
    return warn('No Grafana with a dashboard sidecar was found: nothing loads the dashboard.', {
      evidence: [own, 'Grafana with an environment variable LABEL: none'],
      remedies: [
        {
          text: 'Turn on your Grafana’s sidecar, through its chart:',
          command:
            'helm upgrade --install grafana grafana --repo https://grafana-community.github.io/helm-charts -n monitoring --create-namespace --reuse-values --set sidecar.dashboards.enabled=true --set sidecar.dashboards.searchNamespace=ALL',
        },
        { text: 'If Grafana runs elsewhere, import the dashboard from the ConfigMap by hand.' },
      ],
    });
  const hasLabel = ({ label, labelValue }: Sidecar) =>
    label in labels && (labelValue === '' || String(labels[label]) === labelValue);
  const evidence = [own, ...sidecars.map(describeSidecar)];
  const finder = sidecars.find((one) => looksIn(one, namespace) && hasLabel(one));
  if (finder) {
    if (folder && finder.folderAnnotation && finder.folderAnnotation !== folderAnnotation)
      return warn(`Grafana takes the folder from annotation ${finder.folderAnnotation}.`, {
        evidence: [...evidence, `monitoring.dashboards.folderAnnotation: ${folderAnnotation}`],
        remedies: [
          {
            text: 'Use that annotation.',
            changes: [
              {
                path: ['monitoring', 'dashboards', 'folderAnnotation'],
                value: finder.folderAnnotation,
              },
            ],
          },
        ],
      });
    return pass(`Grafana ${finder.namespace}/${finder.name} loads it.`, { evidence });
  }
  const nearest = sidecars.find((one) => looksIn(one, namespace)) ?? sidecars[0];
  return warn('No Grafana sidecar loads the dashboard.', {
    evidence,
    remedies: nearest ? [beFound(nearest, namespace, hasLabel(nearest))] : [],
  });
}

const looksIn = ({ searchNamespaces, namespace }: Sidecar, where: string): boolean =>
  searchNamespaces.length === 0
    ? namespace === where
    : searchNamespaces.includes('ALL') || searchNamespaces.includes(where);

function describeSidecar({ namespace, name, label, labelValue, searchNamespaces }: Sidecar) {
  const where = searchNamespaces.length === 0 ? namespace : searchNamespaces.join(', ');
  return `Grafana ${namespace}/${name}: looks for ${label}=${labelValue || '(any)'} in ${where}`;
}

function beFound(sidecar: Sidecar, namespace: string, hasLabel: boolean): Remedy {
  const path = ['monitoring', 'dashboards'];
  const { label, labelValue, searchNamespaces } = sidecar;
  return {
    text: `Put it where Grafana ${sidecar.namespace}/${sidecar.name} looks.`,
    changes: [
      ...(hasLabel ? [] : [{ path: [...path, 'labels', label], value: labelValue || '1' }]),
      ...(looksIn(sidecar, namespace)
        ? []
        : [{ path: [...path, 'namespace'], value: searchNamespaces[0] ?? sidecar.namespace }]),
    ],
  };
}

function judgeEndpoint(endpoint: string): Verdict {
  const evidence = [`${endpointPath.join('.')}: ${shown(endpoint)}`];
  if (endpoint === '')
    return fail('Tracing is on, but no collector is named.', {
      evidence: ['monitoring.tracing.endpoint: empty'],
      remedies: [
        { text: 'Set monitoring.tracing.endpoint to your collector, such as http://tempo:4317.' },
        tracingOff,
      ],
    });
  const scheme = /^([a-z][\w+.-]*):\/\//i.exec(endpoint)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https')
    return warn(`The exporter supports http:// and https://, not ${scheme}://.`, {
      evidence,
      remedies: [
        useEndpoint(
          endpoint.replace(/^[^:]*/, scheme === 'grpcs' ? 'https' : 'http'),
          'Use a scheme that the exporter supports; it is gRPC all the same.',
        ),
      ],
    });
  if (/:4318(\/|$)/.test(endpoint))
    return warn('Port 4318 is usually OTLP over HTTP; XERV sends gRPC, usually to port 4317.', {
      evidence,
      remedies: [useEndpoint(endpoint.replace(/:4318(\/.*)?$/, ':4317'), 'Use the port for gRPC.')],
    });
  return pass(
    scheme === undefined
      ? `The chart writes it as ${shown(withScheme(endpoint))}.`
      : `Traces go to ${shown(endpoint)}.`,
  );
}

/** Without what may be a password. */
const shown = (endpoint: string) => endpoint.replace(/\/\/[^@/]*@/, '//…@');

function judgeEnvironment(values: CheckInput['values']): Verdict {
  const managed = new Map(managedVariables(values).map((one) => [one.name, one]));
  const taken = values.extraEnv.flatMap((entry) => {
    const ours = managed.get(entry.name);
    const same =
      ours?.value !== undefined && !entry.valueFrom && String(entry.value) === ours.value;
    return ours && !same ? [ours] : [];
  });
  if (taken.length === 0) return pass('extraEnv overrides nothing that other values set.');
  const names = [...new Set(taken.map(({ name }) => name))].join(', ');
  return warn(`extraEnv overrides the chart’s ${names}.`, {
    evidence: taken.map(({ name, setting }) =>
      setting === ''
        ? `${name}: set by the chart, not to be changed`
        : `${name}: ${setting} has no effect`,
    ),
    remedies: [
      {
        text: `Remove it from extraEnv${taken.some(({ setting }) => setting) ? `, and set ${taken.flatMap(({ setting }) => setting || []).join(', ')} instead` : ''}.`,
      },
    ],
  });
}
