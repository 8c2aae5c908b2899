import type { Values } from '../values/schema/index.ts';
import { choiceQuestion, textQuestion } from './kinds.ts';
import { plainOption, seen, words } from './options.ts';
import { parseName } from './parse.ts';
import { accept, type Option, type Question, type QuestionContext } from './question.ts';

const isIstio = ({ serviceMesh }: Values) =>
  serviceMesh.enabled && serviceMesh.provider === 'istio';

export const meshQuestions: readonly Question[] = [
  choiceQuestion({
    id: 'mesh',
    section: 'mesh',
    title: 'Should XERV join a service mesh?',
    help: 'the service mesh to join; it must already be installed',
    answers: [
      { value: 'none', label: 'None', description: 'pods talk to each other directly' },
      {
        value: 'istio',
        label: 'Istio',
        description: 'encrypted, with retries only where safe',
      },
      {
        value: 'linkerd',
        label: 'Linkerd',
        description: 'encrypted, with retries only where safe',
      },
    ],
    judgedBy: ['XV-501', 'XV-502', 'XV-520', 'XV-540', 'XV-541'],
    read: ({ serviceMesh: { enabled, provider } }) => (enabled ? provider || undefined : 'none'),
    write: (answer) =>
      answer === 'none'
        ? { serviceMesh: { enabled: false } }
        : { serviceMesh: { enabled: true, provider: answer } },
  }),
  choiceQuestion({
    id: 'istio-mode',
    section: 'mesh',
    title: 'How should Istio handle the pods?',
    help: 'with a sidecar in each pod, or in ambient mode',
    when: isIstio,
    flagOnly: true,
    answers: [
      { value: 'sidecar', label: 'Sidecar', description: 'a proxy in each pod' },
      {
        value: 'ambient',
        label: 'Ambient',
        description: 'no sidecars; retries and timeouts need a waypoint',
      },
    ],
    judgedBy: ['XV-503'],
    read: ({ serviceMesh: { istio } }) => (istio.ambient.enabled ? 'ambient' : 'sidecar'),
    write: (answer) => ({
      serviceMesh: {
        istio:
          answer === 'ambient'
            ? { ambient: { enabled: true } }
            : { ambient: { enabled: false }, injection: { enabled: true } },
      },
    }),
  }),
  textQuestion({
    id: 'istio-revision',
    short: 'revision {}',
    section: 'mesh',
    title: 'Which revision of Istio should add the sidecar?',
    placeholder: 'NAME',
    help: "revision or tag of Istio's control plane (default: its default one)",
    when: (values) => isIstio(values) && !values.serviceMesh.istio.ambient.enabled,
    needs: ['istio'],
    options: revisionOptions,
    judgedBy: ['XV-502'],
    suggest: suggestRevision,
    read: ({ serviceMesh }) => serviceMesh.istio.injection.revision,
    write: (answer) =>
      parseName(answer, (revision) =>
        accept({ serviceMesh: { istio: { injection: { revision } } } }),
      ),
  }),
  choiceQuestion({
    id: 'istio-mtls',
    short: 'mTLS {}',
    section: 'mesh',
    title: 'Who may connect to the pods?',
    help: 'whether callers outside the mesh are refused',
    when: isIstio,
    answers: [
      { value: 'strict', label: 'Strict', description: 'encrypted, from the mesh only' },
      {
        value: 'permissive',
        label: 'Permissive',
        description: 'from outside the mesh too, unencrypted',
      },
      { value: 'inherit', label: 'Mesh default', description: 'what the namespace or mesh sets' },
    ],
    read: ({ serviceMesh: { istio } }) => readMtls(istio.peerAuthentication),
    write: (answer) => ({
      serviceMesh: {
        istio: {
          peerAuthentication:
            answer === 'inherit'
              ? { enabled: false }
              : { enabled: true, mtls: answer.toUpperCase() },
        },
      },
    }),
  }),
];

function readMtls({
  enabled,
  mtls,
}: Values['serviceMesh']['istio']['peerAuthentication']): string | undefined {
  if (!enabled || mtls === 'UNSET') return 'inherit';
  return mtls === 'DISABLE' ? undefined : mtls.toLowerCase();
}

function revisionOptions({ facts }: QuestionContext): readonly Option[] {
  const istio = seen(facts, 'istio');
  return [
    { value: '', label: 'the default one', description: 'the default revision of this Istio' },
    ...Object.entries(istio?.tags ?? {})
      .filter(([tag]) => tag !== 'default')
      .map(([tag, revision]) => plainOption(tag, `tag of revision ${revision}`)),
    ...(istio?.revisions ?? [])
      .filter(({ revision }) => revision !== 'default')
      .map(({ revision, controller }) =>
        plainOption(
          revision,
          words(
            controller?.version && `Istio ${controller.version}`,
            controller && `${controller.ready} of ${controller.wanted} ready`,
          ),
        ),
      ),
  ];
}

/** Where no revision is the default one, no sidecar would come without a name. */
function suggestRevision({ values, facts }: QuestionContext): string | undefined {
  const istio = seen(facts, 'istio');
  if (values.serviceMesh.istio.injection.revision !== '') return undefined;
  if (!istio || istio.tags.default || istio.revisions.some((one) => one.revision === 'default'))
    return undefined;
  return istio.injectsNamespace || Object.keys(istio.tags)[0] || istio.revisions[0]?.revision;
}
