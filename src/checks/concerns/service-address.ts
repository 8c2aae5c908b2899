import { servicesOf } from '../../values/addresses.ts';
import type { CheckInput, Remedy, Verdict } from '../types.ts';
import { pass, unknown, warn, withFact } from '../verdicts.ts';

interface ServiceQuestion {
  readonly address: string;
  /** The value that the address stands in. */
  readonly setting: string;
  /** Who is meant to answer there; begins a sentence. */
  readonly who: string;
  /** The port where the address names none. */
  readonly usualPort?: number;
  readonly remedies: readonly Remedy[];
}

/** Whether an address in the values leads to a Service of this cluster that anybody answers for. */
export function judgeService(
  { facts, target }: Pick<CheckInput, 'facts' | 'target'>,
  { address, setting, who, usualPort, remedies }: ServiceQuestion,
): Verdict | readonly Verdict[] {
  const [wanted] = servicesOf(address, target.namespace);
  if (!wanted) return pass(`${who} is outside the cluster.`);
  const name = `${wanted.namespace}/${wanted.name}`;
  return withFact(facts, 'services', `Service ${name}`, (services) => {
    const found = services[name];
    if (!found) return unknown(`Service ${name} was not checked.`);
    const evidence = [`${setting}: Service ${name}`];
    if (!found.exists) {
      // A name of two parts may be one of the outside world.
      const isCertain = wanted.namespace === target.namespace || /\.svc\b/.test(address);
      return isCertain
        ? warn(`${who} does not exist: there is no Service ${name}.`, { evidence, remedies })
        : unknown(`There is no Service ${name}; the address may be outside the cluster.`, {
            evidence,
          });
    }
    const port = wanted.port ?? usualPort;
    if (port !== undefined && found.ports.length > 0 && !found.ports.includes(port))
      return warn(`Service ${name} has no port ${port}.`, {
        evidence: [...evidence, `its ports: ${found.ports.join(', ')}`],
        remedies,
      });
    if (found.readyEndpoints === 0)
      return warn(`Service ${name} has no ready endpoint.`, {
        evidence,
        remedies: [
          {
            text: 'See why its pods are not ready:',
            command: `kubectl -n ${wanted.namespace} get endpointslices,pods`,
          },
        ],
      });
    return pass(`Service ${name} exists.`, { evidence });
  });
}
