/** A Service that an address may mean. */
export interface ServiceAddress {
  readonly namespace: string;
  readonly name: string;
  /** Undefined where the address names none. */
  readonly port: number | undefined;
}

/**
 * The Services of this cluster that an address, or a list of them with commas, may mean: `redis`,
 * `redis.data`, `redis.data.svc`, `redis.data.svc.cluster.local`, or a pod behind it
 * (`redis-0.redis.data.svc`). A name of two parts may be one of the outside world as well
 * (`example.com`): only the cluster can tell. Numbers and longer names are outside.
 *
 * @param address with or without scheme, user, port and path
 * @param namespace of who uses the address
 */
export function servicesOf(address: string, namespace: string): ServiceAddress[] {
  return address.split(',').flatMap((part) => {
    const bare = part
      .trim()
      .replace(/^[a-z][\w+.-]*:\/\//i, '')
      .replace(/[/?#].*$/s, '')
      .replace(/^.*@/s, '');
    const match = /^([a-z0-9][a-z0-9.-]*?)\.?(?::(\d{1,5}))?$/i.exec(bare);
    const host = match?.[1]?.toLowerCase();
    if (!host || host === 'localhost' || /^[\d.]+$/.test(host)) return [];
    const port = match?.[2] === undefined ? undefined : Number(match[2]);
    const labels = host.split('.');
    const [first = '', second] = labels;
    if (second === undefined) return [{ namespace, name: first, port }];
    if (labels.length === 2) return [{ namespace: second, name: first, port }];
    const svc = labels.lastIndexOf('svc');
    const [name, space] = labels.slice(svc - 2, svc);
    return svc >= 2 && name && space ? [{ namespace: space, name, port }] : [];
  });
}
