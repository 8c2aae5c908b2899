import type { FactValue } from '../cluster/facts/facts.ts';
import { getNode } from '../values/tree.ts';
import type { CheckInput, Remedy, Verdict } from './types.ts';
import { fail, pass, warn } from './verdicts.ts';

type Vpa = FactValue<'vpa'>;
type Mode = CheckInput['values']['vpa']['updateMode'];

const modePath = ['vpa', 'updateMode'] as const;

export const installVpa: Remedy = {
  text: 'Install the Vertical Pod Autoscaler.',
  command: [
    'helm repo add autoscalers https://kubernetes.github.io/autoscaler',
    'helm upgrade --install vpa autoscalers/vertical-pod-autoscaler -n kube-system',
  ].join('\n'),
};
export const vpaOff: Remedy = {
  text: 'Or turn it off.',
  changes: [{ path: ['vpa', 'enabled'], value: false }],
};

/** Auto is the old name of Recreate. */
export const replaces = (mode: Mode) => mode === 'Auto' || mode === 'Recreate';

/** Kubernetes resizes in place from 1.33 on, the autoscaler from 1.5 on. */
const inPlaceMinor = 33;

export const use = (mode: Mode, text: string): Remedy => ({
  text,
  changes: [{ path: modePath, value: mode }],
});

/** Modes that touch no running pod. */
export const isPassive = (mode: Mode) => mode === 'Off' || mode === 'Initial';

/** Whether those parts of the autoscaler run that the mode needs. */
export function judgeParts(vpa: Vpa, mode: Mode, distribution: string): Verdict {
  const needed = (['recommender', 'admission', 'updater'] as const).filter(
    (part) =>
      part === 'recommender' || (mode !== 'Off' && (part === 'admission' || !isPassive(mode))),
  );
  const missing = needed.filter((part) => vpa[part] === null);
  const words = {
    recommender: 'recommender',
    admission: 'admission controller',
    updater: 'updater',
  };
  const evidence = [`vpa.updateMode: ${mode}`];
  if (missing.length > 0) {
    // It is part of the control plane there, and runs in no pod.
    if (distribution === 'gke') return pass('GKE runs it for you.');
    const names = missing.map((part) => words[part]).join(' and ');
    const details = { evidence, remedies: [installVpa, vpaOff] };
    return missing.length === needed.length
      ? fail(
          'The Vertical Pod Autoscaler is only half installed: no component is running.',
          details,
        )
      : warn(`The Vertical Pod Autoscaler has no ${names}, which its mode ${mode} needs.`, details);
  }
  const down = needed.flatMap((part) => (vpa[part]?.ready === 0 ? [vpa[part]] : []));
  if (down.length > 0)
    return warn(`${down.map((one) => one?.name).join(' and ')} is not ready.`, {
      evidence,
      remedies: [
        {
          text: 'See why:',
          command: down
            .map((one) => `kubectl -n ${one?.namespace} describe deployment ${one?.name}`)
            .join('\n'),
        },
      ],
    });
  return pass(`Version ${vpa.recommender?.version ?? ''} is ready.`);
}

/** Whether this cluster resizes in place; undefined where that could not be seen. */
function canResize({ server, vpa }: CheckInput['facts']): boolean | undefined {
  if (server?.state !== 'known') return undefined;
  if (server.value.minor < inPlaceMinor) return false;
  if (vpa?.state !== 'known') return undefined;
  return hasInPlace(vpa.value.recommender?.version ?? '');
}

/** Undefined where the version does not tell. */
function hasInPlace(version: string): boolean | undefined {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  if (major === undefined) return undefined;
  return Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 5);
}

/** Whether cluster and autoscaler know the mode. */
export function judgeMode({ facts, values, given }: CheckInput): Verdict {
  const mode = values.vpa.updateMode;
  const evidence = [`vpa.updateMode: ${mode}`];
  if (mode === 'Auto') {
    if (getNode(given, modePath) === undefined)
      return pass('It is not set; the chart uses Recreate.');
    return warn('Update mode Auto is deprecated; it means Recreate.', {
      evidence,
      remedies: [
        canResize(facts)
          ? use('InPlaceOrRecreate', 'Resize pods in place where possible.')
          : use('Recreate', 'Use Recreate.'),
      ],
    });
  }
  if (mode !== 'InPlaceOrRecreate') return pass(`It is ${mode}.`);
  const { server, vpa } = facts;
  const version = vpa?.state === 'known' ? (vpa.value.recommender?.version ?? '') : '';
  if (hasInPlace(version) === false)
    return fail(`The Vertical Pod Autoscaler ${version} does not know InPlaceOrRecreate.`, {
      evidence,
      remedies: [
        use('Recreate', 'Use Recreate.'),
        { ...installVpa, text: 'Or install 1.5 or newer.' },
      ],
    });
  if (server?.state === 'known' && server.value.minor < inPlaceMinor)
    return warn(
      `Kubernetes ${server.value.gitVersion} cannot resize in place, so pods are recreated.`,
      {
        evidence,
        remedies: [use('Recreate', 'Use Recreate.')],
      },
    );
  return pass('Pods are resized in place where possible.');
}

/** A mode that takes no pod away. */
export function gentler({ facts }: CheckInput): Remedy {
  return canResize(facts)
    ? use('InPlaceOrRecreate', 'Resize the pod in place where possible.')
    : use('Initial', 'Change pods only when they restart anyway.');
}
