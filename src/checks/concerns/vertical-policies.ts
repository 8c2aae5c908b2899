import { getNode } from '../../values/tree.ts';
import { resourcesScaledOn } from '../scaled-resources.ts';
import type { Check, CheckInput, Verdict } from '../types.ts';
import { fail, pass, warn } from '../verdicts.ts';

const isOn = ({ values }: Pick<CheckInput, 'values'>) => values.vpa.enabled;
const proxies = ['istio-proxy', 'linkerd-proxy'];

/** Which containers and resources the VerticalPodAutoscaler may change. */
export const verticalPolicyChecks: readonly Check[] = [
  {
    id: 'XV-420',
    category: 'scaling',
    title: 'Horizontal and vertical scaling follow different resources',
    why: 'If both follow the same resource, they fight: more pods lower the usage of each, smaller requests raise it. The chart excludes from vertical scaling whatever horizontal scaling follows.',
    reads: 'the horizontal autoscaler’s targets; vpa.containerPolicies as you set them',
    rules: ['D28'],
    applies: (input) =>
      isOn(input) &&
      input.values.vpa.updateMode !== 'Off' &&
      resourcesScaledOn(input.values).length > 0,
    needs: () => [],
    run: judgeOverlap,
  },
  {
    id: 'XV-421',
    category: 'scaling',
    title: 'Mesh proxies are not resized',
    why: 'Resizing a proxy gets the pod replaced over and over. The chart leaves proxies alone unless a policy names them.',
    reads: 'vpa.containerPolicies',
    rules: ['D41'],
    applies: isOn,
    needs: () => [],
    run: ({ values: { vpa } }) => {
      const named = vpa.containerPolicies.filter(
        ({ containerName, mode }) => proxies.includes(containerName) && mode !== 'Off',
      );
      if (named.length === 0) return pass('No policy names one.');
      return warn(
        `vpa.containerPolicies resizes ${named.map((one) => one.containerName).join(', ')}.`,
        {
          evidence: named.map(
            ({ containerName }) => `containerName: ${containerName}, mode: not Off`,
          ),
          remedies: [
            {
              text: 'Leave it out.',
              changes: [
                {
                  path: ['vpa', 'containerPolicies'],
                  value: vpa.containerPolicies.filter((one) => !named.includes(one)),
                },
              ],
            },
          ],
        },
      );
    },
  },
];

function judgeOverlap({ values, given }: CheckInput): Verdict {
  const scaled = resourcesScaledOn(values);
  const words = scaled.join(' and ');
  const evidence = [`scaled horizontally on: ${words}`];
  const policies = values.vpa.containerPolicies.filter(
    ({ containerName, mode }) => mode !== 'Off' && !proxies.includes(containerName),
  );
  const left = policies.some(({ controlledResources = ['cpu', 'memory'] }) =>
    controlledResources.some((resource) => !scaled.includes(resource)),
  );
  if (policies.length > 0 && !left)
    return fail('Nothing is left for the vertical autoscaler to set.', {
      evidence,
      remedies: [
        { text: 'Turn it off.', changes: [{ path: ['vpa', 'enabled'], value: false }] },
        { text: 'Or scale horizontally on one resource only.' },
      ],
    });
  const isAsked =
    getNode(given, ['vpa', 'containerPolicies']) !== undefined &&
    policies.some((one) => one.controlledResources?.some((resource) => scaled.includes(resource)));
  if (!isAsked) return pass(`The chart leaves ${words} to horizontal scaling.`, { evidence });
  const others = (['cpu', 'memory'] as const).filter((resource) => !scaled.includes(resource));
  return warn(`vpa.containerPolicies includes ${words} too, which is left to horizontal scaling.`, {
    evidence,
    remedies: [
      {
        text: `Limit it to ${others.join(' and ')}.`,
        changes: [
          {
            path: ['vpa', 'containerPolicies'],
            value: values.vpa.containerPolicies.map((policy) =>
              policies.includes(policy)
                ? {
                    ...policy,
                    controlledResources: (policy.controlledResources ?? others).filter(
                      (resource) => !scaled.includes(resource),
                    ),
                  }
                : policy,
            ),
          },
        ],
      },
    ],
  });
}
