/** An amount of CPU as people write it: `500m`, `2`. Rounded down. */
export function cpuText(cores: number): string {
  const milli = Math.floor(cores * 1000 + 1e-6);
  return milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`;
}

/** An amount of bytes: `256Mi`, `2Gi`. Rounded down to whole MiB. */
export function bytesText(bytes: number): string {
  const mebibytes = Math.floor(bytes / 2 ** 20 + 1e-6);
  return mebibytes !== 0 && mebibytes % 1024 === 0 ? `${mebibytes / 1024}Gi` : `${mebibytes}Mi`;
}

export function amountText(resource: string, amount: number): string {
  if (resource.endsWith('cpu')) return cpuText(amount);
  return /memory$|storage$/.test(resource) ? bytesText(amount) : String(Math.floor(amount));
}

/** What a quota has too little of, such as `ResourceQuota team: services: 2 wanted, 1 left`. */
export function shortageText(short: {
  readonly quota: string;
  /** As the quota names it. */
  readonly resource: string;
  readonly wanted: number;
  readonly left: number;
}): string {
  const { quota, resource, wanted, left } = short;
  return `ResourceQuota ${quota}: ${resource}: ${amountText(resource, wanted)} wanted, ${amountText(resource, Math.max(0, left))} left`;
}
