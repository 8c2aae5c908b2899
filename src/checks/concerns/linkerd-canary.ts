import { replicaRange } from '../../values/scale.ts';
import { installGatewayApi, isSplit, providerOf } from '../mesh.ts';
import type { Check, CheckInput, Remedy, Verdict } from '../types.ts';
import { fail, pass, warn, withFact } from '../verdicts.ts';

const splitPath = (...path: string[]) => ['serviceMesh', 'linkerd', 'trafficSplit', ...path];
const noSplit: Remedy = {
  text: 'Or turn the canary off.',
  changes: [{ path: splitPath('enabled'), value: false }],
};

/** A canary's share of the traffic, as Linkerd splits it. */
export const linkerdCanaryChecks: readonly Check[] = [
  {
    id: 'XV-523',
    category: 'mesh',
    title: 'The cluster can split traffic',
    why: 'A canary gets its share through a Gateway API HTTPRoute (or the older TrafficSplit). If neither kind is served, helm stops there.',
    reads: 'whether the kinds HTTPRoute and TrafficSplit are served',
    rules: ['D58'],
    applies: ({ values }) => isSplit(values),
    needs: () => ['apis'],
    run: ({ facts }) =>
      withFact(facts, 'apis', 'the kinds that are served', (apis) => {
        const kinds = ['gateway.networking.k8s.io/v1/HTTPRoute', 'split.smi-spec.io/v1alpha2'];
        const served = kinds.find((kind) => apis.includes(kind));
        if (served) return pass(`${served} is served.`);
        return fail('Nothing in this cluster can split traffic.', {
          evidence: kinds.map((kind) => `${kind}: not served`),
          remedies: [installGatewayApi, noSplit],
        });
      }),
  },
  {
    id: 'XV-524',
    category: 'mesh',
    title: 'The canary can answer its share',
    why: 'Requests sent to a side without replicas fail, and with both weights 0 every request does. A canary with the same image, the default, works but tests nothing.',
    reads: 'serviceMesh.linkerd.trafficSplit.canary; image, replicaCount, dispatch.backend',
    rules: ['D59'],
    applies: ({ values }) =>
      providerOf(values) === 'linkerd' && values.serviceMesh.linkerd.trafficSplit.enabled,
    needs: () => [],
    run: judgeCanary,
  },
];

function judgeCanary({ values }: CheckInput): Verdict {
  const { canary } = values.serviceMesh.linkerd.trafficSplit;
  const { stableWeight, canaryWeight, replicas, image } = canary;
  if (values.dispatch.backend === 'raft')
    return warn('trafficSplit is ignored: raft members are fixed.', {
      evidence: ['dispatch.backend: raft', 'serviceMesh.linkerd.trafficSplit.enabled: true'],
      remedies: [{ ...noSplit, text: 'Set the values to match.' }],
    });
  const evidence = [
    `serviceMesh.linkerd.trafficSplit.canary: stableWeight ${stableWeight}, canaryWeight ${canaryWeight}, replicas ${replicas}`,
  ];
  if (stableWeight + canaryWeight === 0)
    return fail('Both weights are 0, so every request fails.', {
      evidence,
      remedies: [
        {
          text: 'Send all requests to the stable workload.',
          changes: [{ path: splitPath('canary', 'stableWeight'), value: 1 }],
        },
        noSplit,
      ],
    });
  if (canaryWeight > 0 && replicas === 0)
    return fail('Some requests go to a canary without replicas, and fail.', {
      evidence,
      remedies: [
        {
          text: 'Run one replica of it.',
          changes: [{ path: splitPath('canary', 'replicas'), value: 1 }],
        },
        noSplit,
      ],
    });
  if (stableWeight > 0 && replicaRange(values).most === 0)
    return fail('Some requests go to the stable workload without replicas, and fail.', {
      evidence: [...evidence, 'replicaCount: 0'],
      remedies: [
        { text: 'Run one replica of it.', changes: [{ path: ['replicaCount'], value: 1 }] },
        {
          text: 'Or send all requests to the canary.',
          changes: [{ path: splitPath('canary', 'stableWeight'), value: 0 }],
        },
      ],
    });
  // Where nothing is named the chart runs the stable image: it answers, so nothing is lost.
  if (isSameImage(values.image, image))
    return warn('The canary has the image of the stable workload.', {
      evidence: [
        isNamed(image)
          ? 'serviceMesh.linkerd.trafficSplit.canary.image: as image'
          : 'serviceMesh.linkerd.trafficSplit.canary.image: empty',
      ],
      remedies: [
        {
          text: 'Name its image: --set-string serviceMesh.linkerd.trafficSplit.canary.image.tag=TAG',
        },
        noSplit,
      ],
    });
  return pass(`${canaryWeight} of ${stableWeight + canaryWeight} requests go to the canary.`, {
    evidence,
  });
}

type Image = Pick<CheckInput['values']['image'], 'repository' | 'tag' | 'digest'>;
const isNamed = ({ repository, tag, digest }: Image) => `${repository}${tag}${digest}` !== '';

/** What of the canary's image is empty is as in the stable one, but for a digest, which would decide. */
function isSameImage(stable: Image, canary: Image): boolean {
  if (!isNamed(canary)) return true;
  return (
    (canary.repository || stable.repository) === stable.repository &&
    String(canary.tag || stable.tag) === String(stable.tag) &&
    canary.digest === stable.digest
  );
}
