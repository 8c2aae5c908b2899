import type { FactValue } from '../cluster/facts/facts.ts';
import { selectorText, selects } from '../cluster/facts/selectors.ts';

type Gateway = FactValue<'gateways'>['gateways'][number];
type Listener = Gateway['listeners'][number];

/** A route, as far as it counts for a Gateway. */
export interface Route {
  readonly namespace: string;
  /** Labels of its namespace; undefined where they could not be seen. */
  readonly labels: Readonly<Record<string, string>> | undefined;
  readonly hostnames: readonly string[];
  /** Of the reference to the Gateway; undefined where any listener will do. */
  readonly sectionName: string | undefined;
  readonly port: number | undefined;
}

/** Why no listener takes a route. */
export type Refusal =
  | { readonly why: 'no-listener' }
  | { readonly why: 'kind' }
  | { readonly why: 'namespace'; readonly listeners: readonly Listener[] }
  | { readonly why: 'unseen' }
  | { readonly why: 'hostname'; readonly listeners: readonly Listener[] };

/**
 * Whether a Gateway takes an HTTPRoute.
 * @returns undefined where it does
 * Source: https://gateway-api.sigs.k8s.io/reference/spec/#allowedroutes
 */
export function refusalOf({ listeners, namespace }: Gateway, route: Route): Refusal | undefined {
  const meant = listeners.filter(
    ({ name, port }) =>
      (route.sectionName === undefined || name === route.sectionName) &&
      (route.port === undefined || port === route.port),
  );
  if (meant.length === 0) return { why: 'no-listener' };
  const able = meant.filter(takesHttp);
  if (able.length === 0) return { why: 'kind' };
  const answers = able.map((listener) => takesNamespace(listener, namespace, route));
  const open = able.filter((_, index) => answers[index] === true);
  if (open.length === 0)
    return answers.includes(undefined) ? { why: 'unseen' } : { why: 'namespace', listeners: able };
  return open.some((listener) => takesHostname(listener, route.hostnames))
    ? undefined
    : { why: 'hostname', listeners: open };
}

/** `https: takes routes of namespaces with gateway=public, for *.example.com`. */
export function listenerText({ name, from, selector, hostname }: Listener): string {
  const whose = {
    All: 'from every namespace',
    Same: 'from its own namespace only',
    Selector: `from namespaces with ${selectorText(selector)}`,
  } as Readonly<Record<string, string>>;
  return `listener ${name}: accepts routes ${whose[from] ?? 'from no namespace'}${hostname ? `, for ${hostname}` : ''}`;
}

const takesHttp = ({ kinds, protocol }: Listener): boolean =>
  kinds.length > 0 ? kinds.includes('HTTPRoute') : ['HTTP', 'HTTPS'].includes(protocol);

function takesNamespace(
  { from, selector }: Listener,
  own: string,
  { namespace, labels }: Route,
): boolean | undefined {
  switch (from) {
    case 'All':
      return true;
    case 'Same':
      return namespace === own;
    case 'Selector':
      // An absent selector selects nothing.
      if (!selector) return false;
      return labels && selects(selector, labels);
    default:
      return false;
  }
}

const takesHostname = ({ hostname }: Listener, hostnames: readonly string[]): boolean =>
  hostname === '' ||
  hostnames.length === 0 ||
  hostnames.some((one) => meets(one, hostname) || meets(hostname, one));

/** A wildcard stands for one name or several before what follows it. */
const meets = (host: string, pattern: string): boolean =>
  pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern;
