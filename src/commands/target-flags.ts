import { parseDuration } from '../cli/duration.ts';
import type { FlagValues } from '../cli/flag-values.ts';
import type { Problem } from '../errors.ts';

const defaultRequestTimeout = '15s';

/** Where an invocation acts, as far as its flags tell. */
export interface TargetFlags {
  readonly namespace: string;
  readonly release: string;
  readonly requestTimeoutMilliseconds: number;
  /** undefined: computed from the plan. */
  readonly timeoutSeconds: number | undefined;
  readonly problems: readonly Problem[];
}

/** Reads namespace, release and the time limits. */
export function readTargetFlags(flags: FlagValues): TargetFlags {
  const problems: Problem[] = [];
  const namespace = flags.text('namespace') ?? 'xerv';
  const release = flags.text('release') ?? 'xerv';
  if (!isDnsLabel(namespace, 63)) problems.push(badName('--namespace', namespace, 63));
  // helm's own limit: names of objects add to it.
  if (!isDnsLabel(release, 53)) problems.push(badName('--release', release, 53));
  const duration = (flag: string, fallback?: string) => {
    const text = flags.text(flag) ?? fallback;
    if (text === undefined) return undefined;
    const milliseconds = parseDuration(text);
    if (milliseconds === undefined)
      problems.push({
        message: `--${flag} cannot be "${text}"`,
        next: 'Give a duration such as 90s or 10m',
      });
    return milliseconds;
  };
  const requestTimeoutMilliseconds = duration('request-timeout', defaultRequestTimeout) ?? 0;
  const timeout = duration('timeout');
  return {
    namespace,
    release,
    requestTimeoutMilliseconds,
    timeoutSeconds: timeout === undefined ? undefined : Math.ceil(timeout / 1000),
    problems,
  };
}

/** RFC 1123, as the API server has it for namespaces. */
function isDnsLabel(name: string, limit: number): boolean {
  return name.length <= limit && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name);
}

function badName(flag: string, name: string, limit: number): Problem {
  return {
    message: `${flag} cannot be "${name}"`,
    why:
      name.length > limit
        ? `It has ${name.length} characters; ${limit} are the most.`
        : 'A name has lower-case letters, digits and -, and begins and ends with a letter or digit.',
    where: flag,
  };
}
