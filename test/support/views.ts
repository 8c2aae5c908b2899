import type { Finding } from '../../src/checks/types.ts';
import { viewOf } from '../../src/wizard/view/view-of.ts';
import type {
  Body,
  EndBody,
  LedgerBody,
  QuestionBody,
  ReviewBody,
  RolloutBody,
  View,
} from '../../src/wizard/view.ts';
import {
  connect,
  playground,
  press,
  review as showReview,
  someReview,
  startWizard,
  target,
} from './wizard.ts';
import { finding } from './wizard-walk.ts';

/** Views as the wizard makes them, for tests of how they are drawn. */
export function viewWith(body: Body, rest: Partial<View> = {}): View {
  return {
    chrome: {
      title: 'install',
      place: ['prod-eu', 'namespace xerv', 'Kubernetes 1.33'],
      steps: [
        { label: 'Target', state: 'done' },
        { label: 'Start', state: 'done' },
        { label: 'Backend', state: 'current' },
        { label: 'Storage', state: 'open' },
        { label: 'Mesh', state: 'open' },
        { label: 'Scaling', state: 'open' },
        { label: 'Observe', state: 'open' },
        { label: 'Review', state: 'open' },
      ],
    },
    body,
    keys: [
      { key: 'up-down', does: 'move' },
      { key: 'enter', does: 'choose' },
      { key: 'escape', does: 'back' },
      { key: 'e', does: 'explain' },
      { key: 'v', does: 'values' },
      { key: '?', does: 'keys' },
      { key: 'ctrl-c', does: 'quit' },
    ],
    transcript: [],
    ...rest,
  };
}

export const zoneWarning: Finding = {
  check: 'XV-307',
  category: 'storage',
  title: 'The volumes can follow their pods',
  status: 'warn',
  message:
    'The volumes of StorageClass standard live in one zone each: a pod whose zone is gone waits for it.',
};

export const missingClass: Finding = {
  check: 'XV-301',
  category: 'storage',
  title: 'The StorageClass exists',
  status: 'fail',
  message: 'StorageClass fast-ssd does not exist.',
};

const option = {
  value: 'raft',
  label: 'Raft',
  description: 'replicated inside XERV; survives a node; needs volumes',
  blockedBy: undefined,
  isCurrent: true,
  isLive: false,
};

export const backendQuestion: QuestionBody = {
  kind: 'question',
  title: 'How should the replicas share their work?',
  help: 'Raft keeps everything inside XERV; the others need a service that you run.',
  options: [
    option,
    {
      ...option,
      value: 'redis',
      label: 'Redis',
      description: 'stateless workers over Redis Streams; can scale to zero',
      isCurrent: false,
      isLive: true,
    },
    {
      ...option,
      value: 'nats',
      label: 'NATS',
      description: 'cannot work here: JetStream is not enabled on any NATS server in this cluster',
      blockedBy: 'XV-204',
      isCurrent: false,
    },
    {
      ...option,
      value: 'memory',
      label: 'Memory',
      description: 'one process; queued work is lost on a restart',
      isCurrent: false,
    },
  ],
  optionCount: 4,
  cursor: 0,
  filter: undefined,
  isFiltering: false,
  input: undefined,
  problem: undefined,
  findings: { state: 'known', findings: [zoneWarning], passed: 21, needCluster: 0 },
  changes: ['dispatch.backend raft', 'replicaCount 1 → 3'],
};

export const sizeQuestion: QuestionBody = {
  ...backendQuestion,
  title: 'How much room does each replica need for its log?',
  help: 'Such as 10Gi; it can grow later where the StorageClass allows it.',
  options: [],
  optionCount: 0,
  cursor: -1,
  input: { text: '50Gi', caret: 4, placeholder: '10Gi' },
  changes: ['storage.size 50Gi'],
};

/** As the wizard shows it, of a cluster that looks like production; half of the word is typed. */
export const review: ReviewBody = reviewBody();

function reviewBody(): ReviewBody {
  const context = { ...playground, name: 'prod-eu', server: 'https://10.0.0.1:6443' };
  const there = { ...target, context: context.name, server: context.server };
  const begun = connect(startWizard({ world: { contexts: [context] } }), {
    target: there,
  });
  const { plan } = someReview;
  const shown = showReview(press(begun, '2', 'r'), {
    plan: plan && {
      ...plan,
      target: there,
      objects: Array.from({ length: 14 }, (_, index) => ({
        object: `ConfigMap/c${index}`,
        action: 'created' as const,
        changes: [],
      })),
      data: [0, 1, 2].map((index) => ({
        claim: `data-xerv-${index}`,
        size: '50Gi',
        fate: 'created' as const,
        message: 'new and empty',
      })),
    },
    findings: [zoneWarning, ...Array.from({ length: 21 }, () => finding('pass'))],
    typed: { word: 'prod-eu', why: 'This looks like production.' },
  });
  const { body } = viewOf(press(shown, 'enter', 'pr'));
  if (body.kind !== 'review') throw new Error(`${body.kind} is no review`);
  return body;
}

export const ledger: LedgerBody = {
  kind: 'ledger',
  noConsent: undefined,
  title: 'Remove xerv from prod-eu, namespace xerv?',
  removes: ['StatefulSet xerv', 'Service xerv', 'Service xerv-headless', 'ConfigMap xerv'],
  claims: [0, 1, 2].map((index) => ({
    name: `data-xerv-${index}`,
    size: '50Gi',
    storageClass: 'fast-ssd',
    owner: 'made by the StatefulSet',
    fate: index === 2 ? 'its volume always stays' : 'erased if you delete the data',
  })),
  warnings: [],
  options: [
    {
      ...option,
      value: 'keep',
      label: 'Keep the data',
      description: 'a later install uses it again',
      isCurrent: false,
    },
    {
      ...option,
      value: 'delete',
      label: 'Delete the data',
      description: '2 volumes are erased, 1 volume stays with its data; this cannot be undone',
      isCurrent: false,
    },
  ],
  cursor: 0,
  consent: undefined,
  problem: undefined,
  command: 'create-xerv-deploy uninstall -n xerv --context prod-eu',
};

export const rollout: RolloutBody = {
  kind: 'rollout',
  title: 'Installing xerv',
  steps: [
    { text: 'values file written', state: 'done' },
    { text: '14 objects applied', state: 'done' },
  ],
  ready: 2,
  wanted: 3,
  pods: [
    { name: 'xerv-0', state: 'ready', reason: '', node: 'node-a', restarts: 0, ageSeconds: 12 },
    { name: 'xerv-1', state: 'ready', reason: '', node: 'node-c', restarts: 1, ageSeconds: 9 },
    {
      name: 'xerv-2',
      state: 'starting',
      reason: 'claim bound, image pulled',
      node: 'node-b',
      restarts: 0,
      ageSeconds: 4,
    },
  ],
  claims: [
    { name: 'data-xerv-0', phase: 'Bound', size: '50Gi', storageClass: 'fast-ssd' },
    { name: 'data-xerv-1', phase: 'Bound', size: '50Gi', storageClass: 'fast-ssd' },
    { name: 'data-xerv-2', phase: 'Pending', size: '50Gi', storageClass: 'fast-ssd' },
  ],
  elapsedSeconds: 14,
  expectedSeconds: 40,
  lastEvent: 'xerv-2: readiness probe: connection refused (1)',
  isStopping: false,
};

export const failure: EndBody = {
  kind: 'end',
  outcome: 'failed',
  message: 'xerv-2 cannot start: its image cannot be pulled',
  state: 'Release xerv is at revision 4 (failed); two of three replicas run.',
  diagnoses: [
    {
      cause: 'image-pull',
      object: 'Pod xerv-2',
      message: 'The image ghcr.io/ml-rust/xerv:0.1.9 cannot be pulled.',
      evidence: ['node-b: manifest unknown: tag 0.1.9 not found', '3 tries, the last 0:06 ago'],
      next: 'Check the tag, or give the registry credentials in image.pullSecrets.',
    },
  ],
  problems: [],
  next: [],
  options: [
    {
      ...option,
      value: 'image',
      label: 'Choose another image',
      description: 'then review and try again',
      isCurrent: false,
    },
    {
      ...option,
      value: 'back',
      label: 'Go back to revision 3',
      description: 'what ran before; its review comes first',
      isCurrent: false,
    },
    {
      ...option,
      value: 'keep',
      label: 'Leave it as it is',
      description: 'kubectl -n xerv describe pod xerv-2',
      isCurrent: false,
    },
    {
      ...option,
      value: 'uninstall',
      label: 'Uninstall',
      description: 'data is kept unless you say so',
      isCurrent: false,
    },
  ],
  cursor: 0,
};

export const done: EndBody = {
  kind: 'end',
  outcome: 'done',
  message: 'XERV is running: 3 of 3 pods ready',
  state: 'Release xerv is at revision 1.',
  diagnoses: [],
  problems: [],
  next: [
    'Inside     http://xerv.xerv.svc:8080',
    'From here  kubectl -n xerv port-forward svc/xerv 8080',
    'Look       create-xerv-deploy status -n xerv',
    'Values     ./xerv-values.yaml (keep it: the next upgrade starts there)',
  ],
  options: [],
  cursor: 0,
};

export const bodies: Readonly<Record<string, Body>> = {
  waiting: { kind: 'waiting', text: 'Looking at the cluster…' },
  question: backendQuestion,
  'text question': sizeQuestion,
  'question with a problem': {
    ...sizeQuestion,
    input: { text: '50 apples', caret: 9, placeholder: '10Gi' },
    problem: { message: '50 apples is no amount of storage.', next: 'Write it like 50Gi.' },
  },
  'question with failures': {
    ...backendQuestion,
    findings: {
      state: 'coming',
      findings: [
        zoneWarning,
        missingClass,
        { ...missingClass, check: 'XV-302' },
        zoneWarning,
        zoneWarning,
      ],
      passed: 3,
      needCluster: 0,
    },
  },
  'long list': {
    ...backendQuestion,
    options: Array.from({ length: 40 }, (_, index) => ({
      ...option,
      value: `class-${index}`,
      label: `class-${index}`,
      isCurrent: index === 0,
    })),
    optionCount: 40,
    cursor: 20,
    filter: '',
  },
  'nothing matches': {
    ...backendQuestion,
    options: [],
    filter: 'zzz',
    isFiltering: true,
    cursor: 0,
  },
  blocked: {
    kind: 'blocked',
    problems: [
      {
        message: 'helm is not installed.',
        why: 'The chart is rendered and installed by helm 3.12 or newer.',
        next: 'Get it: https://helm.sh/docs/intro/install',
      },
      { message: 'Namespace xerv is being deleted.', next: 'Wait for it, or choose another one.' },
    ],
  },
  review,
  'review without findings': {
    ...review,
    looksLikeProduction: false,
    findings: { state: 'known', findings: [], passed: 22, needCluster: 0 },
    consent: { ask: 'Install it? y/N', word: undefined, input: undefined },
  },
  'review that cannot go on': {
    ...review,
    consent: undefined,
    noConsent: 'A check failed: fix it and look again, or let it pass with a reason.',
    findings: { state: 'known', findings: [missingClass, zoneWarning], passed: 20, needCluster: 0 },
    variables: ['XERV_DEPLOY_REDIS_URL'],
    problem: { message: 'Press y to go on; Enter alone changes nothing.' },
  },
  'review offline': {
    ...review,
    findings: { state: 'known', findings: [], passed: 12, needCluster: 15 },
  },
  ledger,
  'ledger with consent': {
    ...ledger,
    cursor: 1,
    warnings: ['KEDA holds a finalizer on ScaledObject xerv: without KEDA it would never go.'],
    consent: {
      ask: 'This erases data. Type xerv to go on',
      word: 'xerv',
      input: { text: 'xe', caret: 2, placeholder: '' },
    },
  },
  rollout,
  'rollout of many pods': {
    ...rollout,
    wanted: 30,
    pods: Array.from({ length: 30 }, (_, index) => ({
      name: `xerv-${index}`,
      state: index < 20 ? ('ready' as const) : ('pending' as const),
      reason: 'waits for a node',
      restarts: 0,
      ageSeconds: 150,
    })),
    isStopping: true,
  },
  failure,
  done,
  'nothing to do': { ...done, outcome: 'nothing-to-do', message: 'Nothing to change.', next: [] },
  lines: {
    kind: 'lines',
    title: 'What would change',
    scroll: 3,
    lines: Array.from({ length: 80 }, (_, index) => ({
      text: `+ spec.template.spec.containers[xerv].env[${index}].value: a text that is long enough to be cut somewhere`,
      tone: 'added' as const,
    })),
  },
};
