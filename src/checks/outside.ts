import { servicesOf } from '../values/addresses.ts';
import type { Values } from '../values/schema/index.ts';

/** An address in the values that XERV connects to. */
export interface Endpoint {
  /** Path of the value, as text. */
  readonly setting: string;
  /** Host and port, without user and password. */
  readonly host: string;
}

/** Hosts outside of the cluster that XERV connects to, as far as the values tell. */
export function outsideEndpoints(values: Values): readonly Endpoint[] {
  return endpointsOf(values).filter(
    ({ host }) => servicesOf(host, 'here').length === 0 && !/^localhost(:|$)/.test(host),
  );
}

/** Name of the Secret that holds the backend's URL, which nobody can read here. */
export function hiddenUrl({ dispatch }: Values): string | undefined {
  const { backend } = dispatch;
  if (backend !== 'redis' && backend !== 'nats') return undefined;
  return dispatch[backend].existingSecret || undefined;
}

/** What XERV connects to, as far as the values tell. */
export function endpointsOf(values: Values): readonly Endpoint[] {
  const { dispatch, monitoring } = values;
  const { backend } = dispatch;
  const urls: [string, string][] = [];
  if ((backend === 'redis' || backend === 'nats') && !hiddenUrl(values))
    urls.push([`dispatch.${backend}.url`, dispatch[backend].url]);
  if (monitoring.tracing.enabled)
    urls.push(['monitoring.tracing.endpoint', monitoring.tracing.endpoint]);
  return urls.flatMap(([setting, url]) =>
    url
      .split(',')
      .map((one) => hostOf(one))
      .filter((host) => host !== '')
      .map((host) => ({ setting, host })),
  );
}

function hostOf(url: string): string {
  return url
    .trim()
    .replace(/^[a-z][\w+.-]*:\/\//i, '')
    .replace(/[/?#].*$/s, '')
    .replace(/^.*@/s, '');
}
