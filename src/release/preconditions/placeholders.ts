import type { Api } from '../../cluster/types.ts';
import type { Problem } from '../../errors.ts';
import { connectionPaths, type SecretBackend, secretBackends } from '../../values/secrets.ts';
import { getNode, type Tree } from '../../values/tree.ts';
import { anyObject } from '../kinds.ts';
import { paths } from '../resource-paths.ts';

/** Host names of the chart's documentation and of the presets, which nobody's server has. */
const placeholderHosts: Readonly<Record<SecretBackend, string>> = {
  redis: 'redis-cluster',
  nats: 'nats',
};

/**
 * A backend's URL that was left as the documentation has it, unless there is a Service of that
 * name. `values` are the effective ones.
 */
export async function placeholderProblems(
  api: Api,
  namespace: string,
  values: Tree,
  signal?: AbortSignal,
): Promise<Problem[]> {
  const backend = secretBackends.find((name) => name === getNode(values, ['dispatch', 'backend']));
  if (!backend) return [];
  const { url, existingSecret } = connectionPaths(backend);
  const address = getNode(values, url);
  if (typeof address !== 'string' || getNode(values, existingSecret)) return [];
  const host = placeholderHosts[backend];
  if (!hostsOf(address).includes(host)) return [];
  const service = await api.get(`${paths.services(namespace)}/${host}`, anyObject, signal);
  if (service.ok || service.failure.kind !== 'not-found') return [];
  return [
    {
      message: `${url.join('.')} is still the placeholder ${address}.`,
      why: `Namespace ${namespace} has no Service ${host}, so no pod could reach it.`,
      next: `Give the address of your server: --${backend}-url, or --${backend}-secret for one that needs a password.`,
      where: url.join('.'),
    },
  ];
}

/** Host names of a URL, or of a comma-separated list of them. */
function hostsOf(address: string): string[] {
  return address
    .split(',')
    .map((part) =>
      part
        .trim()
        .replace(/^[a-z][\w+.-]*:\/\//i, '')
        .replace(/^[^@/]*@/, ''),
    )
    .map((part) => part.replace(/[:/?#].*$/, '').toLowerCase());
}
