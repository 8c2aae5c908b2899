import type { FactValue } from '../cluster/facts/facts.ts';
import type { Values } from '../values/schema/index.ts';

export interface Injection {
  /** What decides, with what stands there. */
  readonly source: string;
  /** Whether the namespace decides, whatever the pods say. */
  readonly byNamespace: boolean;
  /** Revision or tag that is asked for; undefined where the namespace wants no sidecars. */
  readonly wanted: string | undefined;
  /** Revision that would add the sidecar; undefined where none would. */
  readonly revision: FactValue<'istio'>['revisions'][number] | undefined;
}

/**
 * Who would add the sidecar to pods that ask for one: labels of the namespace go before those of
 * the pods, and istio-injection before istio.io/rev.
 * Source: istio.io, "Installing the Sidecar", and the selectors of istiod's webhooks.
 */
export function injectionOf(
  values: Values,
  labels: Readonly<Record<string, string>>,
  istio: FactValue<'istio'>,
): Injection {
  const find = (name: string) => {
    const revision = istio.tags[name] ?? name;
    return istio.revisions.find((one) => one.revision === revision);
  };
  const toggle = labels['istio-injection'];
  if (toggle !== undefined) {
    const wanted = toggle === 'enabled' ? 'default' : undefined;
    return {
      source: `label istio-injection=${toggle} of the namespace`,
      byNamespace: true,
      wanted,
      revision: wanted === undefined ? undefined : find(wanted),
    };
  }
  const label = labels['istio.io/rev'];
  // An empty one names nobody, and keeps the pods from asking.
  if (label !== undefined)
    return {
      source: `label istio.io/rev=${label} of the namespace`,
      byNamespace: true,
      wanted: label || undefined,
      revision: label ? find(label) : undefined,
    };
  const { revision } = values.serviceMesh.istio.injection;
  return {
    source: `serviceMesh.istio.injection.revision: ${revision || 'not set'}`,
    byNamespace: false,
    wanted: revision || 'default',
    revision: find(revision || 'default'),
  };
}

/** Every revision, and every tag with what it stands for. */
export function revisionsText({ revisions, tags }: FactValue<'istio'>): string {
  const all = [
    ...revisions.map(({ revision }) => revision),
    ...Object.entries(tags).map(([tag, revision]) => `${tag} (tag of ${revision})`),
  ];
  return all.length === 0 ? 'none' : all.join(', ');
}
