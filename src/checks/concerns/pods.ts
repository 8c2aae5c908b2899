import { hasPods } from '../fit/pods.ts';
import { listAt, mapAt } from '../fit/read.ts';
import type { Check, CheckInput } from '../types.ts';
import { fail, pass, unknown, warn, withFact } from '../verdicts.ts';

/** Oldest Kubernetes that the chart is made for: 1.25. */
const oldestMinor = 25;

/** What the nodes and the cluster let the pods do. */
export const podChecks: readonly Check[] = [
  {
    id: 'XV-106',
    category: 'cluster',
    title: 'Kubernetes is new enough',
    why: 'Kubernetes before 1.25 lacks kinds and fields that the chart uses.',
    reads: 'the version of the API server',
    rules: ['D84'],
    applies: () => true,
    needs: () => ['server'],
    run: ({ facts }) =>
      withFact(facts, 'server', 'the version of Kubernetes', ({ gitVersion, minor }) => {
        if (minor >= oldestMinor) return pass(`It is ${gitVersion}.`);
        return fail(`Kubernetes ${gitVersion} is older than 1.${oldestMinor}.`, {
          evidence: [`server: ${gitVersion}`],
          remedies: [{ text: `Upgrade the cluster to 1.${oldestMinor} or newer.` }],
        });
      }),
  },
  {
    id: 'XV-108',
    category: 'cluster',
    title: 'helm itself is maintained',
    why: 'helm 3 gets only security fixes, and those until 10 February 2027; no support for new Kubernetes versions. helm 4 takes over releases made with helm 3.',
    reads: 'the helm version in use',
    rules: ['D84'],
    anyChart: true,
    applies: () => true,
    needs: () => [],
    // Source: helm.sh/blog/helm-v3-end-of-life. Older than 3.12 is refused before there is a check.
    run: ({ helm }) => {
      if (helm === '') return unknown('helm did not report its version.');
      if (!helm.startsWith('3.')) return pass(`It is ${helm}.`);
      return warn(`helm ${helm} reaches its end of life in February 2027.`, {
        evidence: [`helm version: ${helm}`],
        remedies: [{ text: 'Install helm 4: https://helm.sh/docs/intro/install/' }],
      });
    },
  },
  {
    id: 'XV-809',
    category: 'pods',
    title: 'The cluster allows the pods’ user',
    why: 'OpenShift assigns each namespace a range of user IDs and refuses pods that ask for others, unless their ServiceAccount may use an SCC such as anyuid. On OpenShift the chart sets no IDs.',
    reads:
      'podSecurityContext and securityContext, as rendered and as you set them; whether the cluster is OpenShift',
    rules: ['D80'],
    applies: ({ objects }) => hasPods(objects),
    needs: () => ['server'],
    run: ({ facts, objects, given }) =>
      withFact(facts, 'server', 'what kind of cluster this is', ({ distribution }) => {
        if (distribution !== 'openshift') return pass('The cluster allows any user ID.');
        const rendered = renderedIds(objects);
        if (rendered.length === 0) return pass('OpenShift chooses the pods’ IDs.');
        return warn('OpenShift refuses pods with fixed IDs, unless an SCC allows them.', {
          evidence: rendered,
          remedies: [
            {
              text: 'Let OpenShift choose them.',
              changes: givenIds(given).map((path) => ({ path, value: undefined })),
            },
          ],
        });
      }),
  },
];

const ids = ['runAsUser', 'runAsGroup', 'fsGroup'];

/** Ids that the rendered pods ask for, as text. */
function renderedIds(objects: CheckInput['objects']): string[] {
  return objects.flatMap((object) => {
    const spec = mapAt(object, 'spec', 'template', 'spec');
    return [spec, ...listAt(spec, 'containers')].flatMap((part) =>
      ids.flatMap((key) => {
        const value = mapAt(part, 'securityContext')[key];
        return typeof value === 'number'
          ? [`${object.kind} ${object.metadata.name}: ${key}: ${value}`]
          : [];
      }),
    );
  });
}

/** Where the user set ids. */
const givenIds = (given: CheckInput['given']) =>
  ['podSecurityContext', 'securityContext'].flatMap((section) =>
    ids.flatMap((key) => (key in mapAt(given, section) ? [[section, key]] : [])),
  );
