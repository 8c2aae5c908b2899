import type { FactValue } from '../../cluster/facts/facts.ts';
import { controllerText, lookInto } from '../controllers.ts';
import { injectionOf, revisionsText } from '../istio-injector.ts';
import { isAmbient, isIstioInjected, providerOf, withoutMesh } from '../mesh.ts';
import type { Check, CheckInput, Remedy, Verdict } from '../types.ts';
import { fail, pass, skip, unknown, warn, withFact } from '../verdicts.ts';

export const installIstio = (profile: 'default' | 'ambient'): Remedy => ({
  text: 'Install Istio.',
  command: `istioctl install --set profile=${profile} -y`,
});

const withoutSidecar: Remedy = {
  text: 'Or run the pods without a sidecar.',
  changes: [{ path: ['serviceMesh', 'istio', 'injection', 'enabled'], value: false }],
};

const ownGroups = ['networking.istio.io/', 'security.istio.io/'];

/** What nothing can be said of before Istio itself is there. */
export const isThere = ({ served, revisions }: FactValue<'istio'>) =>
  served && revisions.length > 0;
export const notThere = skip('Istio is not installed (XV-501).');

/** Istio itself, and whether its sidecar comes to our pods. */
export const istioChecks: readonly Check[] = [
  {
    id: 'XV-501',
    category: 'mesh',
    title: 'Istio is installed and running',
    why: 'Without its kinds helm stops at the first Istio object; without its control plane no pod gets a sidecar, and if the webhook must answer, no pod is created at all.',
    reads: 'the Istio kinds that are served; Deployments with app=istiod in every namespace',
    rules: ['D45'],
    applies: ({ values }) => providerOf(values) === 'istio',
    needs: () => ['istio', 'apis'],
    run: (input) => withFact(input.facts, 'istio', 'Istio', (istio) => judgeIstio(input, istio)),
  },
  {
    id: 'XV-502',
    category: 'mesh',
    title: 'An Istio control plane injects the sidecar',
    why: 'Labels choose which control plane injects the sidecar, those of the namespace first. A label that disables injection, or names a missing revision, silently means no sidecar; callers in the mesh, which speak TLS to the pods, then get 503.',
    reads:
      'labels istio-injection and istio.io/rev of the namespace; serviceMesh.istio.injection.revision; revisions and tags of Istio',
    rules: ['D47', 'D48'],
    applies: ({ values }) => isIstioInjected(values),
    needs: () => ['istio', 'namespace', 'webhooks'],
    run: (input) =>
      withFact(input.facts, 'istio', 'Istio', (istio) =>
        withFact(input.facts, 'namespace', 'the namespace', ({ labels }) =>
          isThere(istio) ? judgeInjection(input, istio, labels) : notThere,
        ),
      ),
  },
];

function judgeIstio(
  { values, objects, facts }: CheckInput,
  { served, revisions }: FactValue<'istio'>,
): Verdict | readonly Verdict[] {
  const install = [installIstio(isAmbient(values) ? 'ambient' : 'default'), withoutMesh];
  if (!served)
    return fail('Istio is not installed.', {
      evidence: ['API group networking.istio.io: not served'],
      remedies: install,
    });
  if (revisions.length === 0)
    return fail('Istio’s kinds are installed, but no control plane is running.', {
      evidence: ['no Deployment with the label app=istiod in any namespace'],
      remedies: install,
    });
  const apis = facts.apis?.state === 'known' ? facts.apis.value : undefined;
  const needed = objects
    .filter(({ apiVersion }) => ownGroups.some((group) => apiVersion.startsWith(group)))
    .map(({ apiVersion, kind }) => `${apiVersion}/${kind}`);
  const missing = apis ? [...new Set(needed)].filter((kind) => !apis.includes(kind)) : [];
  if (missing.length > 0)
    return fail('The Istio of this cluster is too old: XERV needs 1.22 or newer.', {
      evidence: missing.map((kind) => `${kind}: not served`),
      remedies: [{ text: 'Upgrade Istio.', command: 'istioctl upgrade -y' }, withoutMesh],
    });
  return revisions.map(({ revision, controller }) => {
    if (!controller)
      return unknown(`Revision ${revision} of Istio runs outside this cluster.`, {
        evidence: ['its webhook calls a URL'],
      });
    const evidence = [controllerText(controller)];
    if (controller.ready === 0 && isOnlyOne(revisions))
      return fail('The control plane of Istio is not ready.', {
        evidence,
        remedies: [{ text: 'See why.', command: lookInto(controller) }, withoutMesh],
      });
    if (controller.ready < Math.max(1, controller.wanted))
      return warn(`Revision ${revision} of Istio is not fully ready.`, {
        evidence,
        remedies: [{ text: 'See why.', command: lookInto(controller) }],
      });
    return pass(`Revision ${revision} of Istio is ready.`, { evidence });
  });
}

/** Whether no revision is ready: with several, XV-502 tells of the one that counts. */
const isOnlyOne = (revisions: FactValue<'istio'>['revisions']) =>
  revisions.every(({ controller }) => controller?.ready === 0);

function judgeInjection(
  { values, target: { namespace }, facts, objects }: CheckInput,
  istio: FactValue<'istio'>,
  labels: Readonly<Record<string, string>>,
): Verdict {
  const { source, wanted, revision, byNamespace } = injectionOf(values, labels, istio);
  const own = values.serviceMesh.istio.injection.revision;
  const evidence = [source, `revisions of Istio: ${revisionsText(istio)}`];
  const [usable] = istio.revisions;
  const relabel: Remedy = {
    text: `Let revision ${usable?.revision} inject the sidecar in this namespace.`,
    command: `kubectl label namespace ${namespace} istio-injection- istio.io/rev=${usable?.revision} --overwrite`,
  };
  if (wanted === undefined || (!revision && byNamespace)) {
    const why =
      wanted === undefined
        ? `Namespace ${namespace} disables injection, so the pods get no sidecar`
        : `Namespace ${namespace} names revision ${wanted} of Istio, which does not exist, so the pods get no sidecar`;
    if (wanted !== undefined && facts.webhooks?.state !== 'known') return tagsUnseen(wanted);
    const refused = speaksTls(objects, values);
    return (refused ? fail : warn)(refused ? `${why}; callers in the mesh get 503.` : `${why}.`, {
      evidence: [...evidence, ...(refused ? [refused] : [])],
      remedies: [relabel, withoutSidecar],
    });
  }
  if (!revision) {
    if (facts.webhooks?.state !== 'known') return tagsUnseen(wanted);
    return fail(`Istio has no revision ${wanted}, so the pods get no sidecar.`, {
      evidence,
      remedies: [
        {
          text: `Use revision ${usable?.revision}.`,
          changes: [
            {
              path: ['serviceMesh', 'istio', 'injection', 'revision'],
              value: usable?.revision === 'default' ? '' : usable?.revision,
            },
          ],
        },
        withoutSidecar,
      ],
    });
  }
  const { controller } = revision;
  if (controller && controller.ready === 0)
    return fail(`Revision ${revision.revision}, which would add the sidecar, is not ready.`, {
      evidence: [source, controllerText(controller)],
      remedies: [{ text: 'See why.', command: lookInto(controller) }, withoutSidecar],
    });
  if (byNamespace && own && (istio.tags[own] ?? own) !== revision.revision)
    return warn(`Revision ${revision.revision} adds the sidecar, not ${own}.`, {
      evidence: [...evidence, `serviceMesh.istio.injection.revision: ${own}`],
      remedies: [
        {
          text: 'Leave it to the namespace.',
          changes: [{ path: ['serviceMesh', 'istio', 'injection', 'revision'], value: '' }],
        },
        {
          text: `Or use ${own} for the whole namespace.`,
          command: `kubectl label namespace ${namespace} istio-injection- istio.io/rev=${own} --overwrite`,
        },
      ],
    });
  return pass(`Revision ${revision.revision} of Istio adds the sidecar.`, { evidence });
}

const tagsUnseen = (wanted: string) =>
  unknown(`Istio has no revision ${wanted}; could not see whether it is a tag.`, {
    remedies: [{ text: 'Ask somebody who may list webhooks.', command: 'istioctl tag list' }],
  });

/** The DestinationRule that makes callers speak TLS to the pods; of the values, where none is rendered. */
function speaksTls(
  objects: CheckInput['objects'],
  { serviceMesh: { istio } }: CheckInput['values'],
): string | undefined {
  const { enabled, tlsMode } = istio.destinationRule;
  if (objects.length === 0)
    return enabled && tlsMode === 'ISTIO_MUTUAL'
      ? `serviceMesh.istio.destinationRule.tlsMode: ${tlsMode}`
      : undefined;
  const rule = objects.find(
    (object) =>
      object.kind === 'DestinationRule' && JSON.stringify(object.spec).includes('"ISTIO_MUTUAL"'),
  );
  return rule && `DestinationRule ${rule.metadata.name}: tls mode ISTIO_MUTUAL`;
}
