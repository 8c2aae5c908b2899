import type { HelmFailure, HelmFailureKind } from '../types.ts';

/** What a failed helm command was about, for the words to the user. */
export interface HelmContext {
  readonly release?: string;
  readonly namespace?: string;
  /** The chart as it was named. */
  readonly chart?: string;
}

interface FailureRule {
  readonly kind: HelmFailureKind;
  readonly pattern: RegExp;
  readonly message: (match: RegExpExecArray, context: HelmContext) => string;
  readonly next: string | ((match: RegExpExecArray, context: HelmContext) => string);
}

const release = ({ release: name }: HelmContext) => `release ${name ?? ''}`.trim();
const inNamespace = ({ namespace }: HelmContext) => (namespace ? ` -n ${namespace}` : '');
const lookForPlugin = "Log in again with your provider's command line, then run this again.";

/**
 * What helm's words mean, the most telling first: helm always ends with 1 on failure, so that its
 * words are all there is. Read off helm 3.17 and 4.1.
 */
const rules: readonly FailureRule[] = [
  {
    kind: 'unauthorized',
    pattern: /asked for the client to provide credentials|getting credentials|\bUnauthorized\b/,
    message: () => 'The cluster does not accept your credentials.',
    next: lookForPlugin,
  },
  {
    kind: 'unreachable',
    pattern: /cluster unreachable|dial tcp|no such host|connection refused|TLS handshake timeout/i,
    message: () => 'helm cannot reach the cluster.',
    next: 'Check that the cluster is up and that this machine can reach it (VPN, proxy).',
  },
  {
    kind: 'busy',
    pattern: /another operation \(install\/upgrade\/rollback\) is in progress/,
    message: (_, context) =>
      `Another helm operation holds the ${release(context)}, or one was interrupted.`,
    next: (_, context) =>
      `See helm history ${context.release ?? 'RELEASE'}${inNamespace(context)}; if no operation is running, roll back to the last deployed revision.`,
  },
  {
    kind: 'name-in-use',
    pattern: /cannot re-use a name that is still in use|has no deployed releases/,
    message: (_, context) => `The ${release(context)} already exists, but was never deployed.`,
    next: 'Uninstall it first (claims can be kept), then install again.',
  },
  {
    kind: 'ownership',
    pattern: /(\w+) "([^"]+)" in namespace "([^"]*)" exists and cannot be imported/,
    message: ([, kind, name, namespace]) =>
      `${kind} ${name}${namespace ? ` in namespace ${namespace}` : ''} exists and belongs to something else.`,
    next: 'Choose another release name, or remove or rename that object if it is not needed.',
  },
  {
    kind: 'duplicate-entries',
    pattern: /duplicate entries for key (\[[^\]]*\])/,
    message: ([, key]) => `A list has two entries with the same key: ${key}.`,
    next: 'Remove one of them from the values (extraEnv, for instance, must not repeat a name).',
  },
  {
    kind: 'conflict',
    pattern:
      /conflict occurred while applying object (\S+)|Apply failed with \d+ conflicts?|the object has been modified/,
    message: ([, object]) =>
      `Something else manages fields of ${object ?? 'an object'} that this change would set.`,
    next: 'Remove those fields from the values, or have the other manager release them.',
  },
  {
    kind: 'missing-kind',
    pattern: /no matches for kind "([^"]+)" in version "([^"]+)"/,
    message: ([, kind, version]) => `The cluster does not know ${kind} (${version}).`,
    next: 'Install the add-on that provides it, or turn off what needs it in the values.',
  },
  {
    kind: 'values-refused',
    pattern: /values don't meet the specifications of the schema/,
    message: () => "The values do not fit the chart's schema.",
    next: 'Correct the values that are named above.',
  },
  {
    kind: 'kubernetes-version',
    pattern: /chart requires kubeVersion: (.+?) which is incompatible with Kubernetes (\S+)/,
    message: ([, wanted, found]) =>
      `The chart needs Kubernetes ${wanted}; the cluster has ${found}.`,
    next: 'Upgrade the cluster, or use a chart version that supports it.',
  },
  {
    kind: 'immutable-field',
    pattern:
      /updates to (\w+) spec for fields other than|field is immutable|may not be (?:changed|updated)|may not change once set|is immutable/,
    message: () => 'The change touches an immutable field.',
    next: 'Set that value back to the live one, or uninstall (keeping the claims) and install again.',
  },
  {
    kind: 'quota',
    pattern: /exceeded quota: ([^,\s]+)/,
    message: ([, quota]) => `The namespace's quota ${quota} has no room for it.`,
    next: 'Ask for less in the values, or have the quota raised.',
  },
  {
    kind: 'pod-security',
    pattern: /violates PodSecurity "([^"]+)"/,
    message: ([, level]) => `The namespace enforces Pod Security ${level}, which the pods violate.`,
    next: 'Remove the settings named there from the values, or use another namespace.',
  },
  {
    kind: 'admission-refused',
    pattern:
      /admission webhook "([^"]+)" denied|failed calling webhook "([^"]+)"|ValidatingAdmissionPolicy '([^']+)'/,
    message: ([, denied, failed, policy]) =>
      failed
        ? `The admission webhook ${failed} does not answer, and the cluster requires it.`
        : `The cluster policy ${denied ?? policy} refuses it.`,
    next: 'Ask a cluster admin about that policy.',
  },
  {
    kind: 'namespace-terminating',
    pattern: /because it is being terminated/,
    message: (_, { namespace }) => `The namespace ${namespace ?? ''} is being deleted.`,
    next: 'Wait until it is gone, or use another one.',
  },
  {
    kind: 'namespace-missing',
    pattern: /namespaces "([^"]+)" not found/,
    message: ([, namespace]) => `The namespace ${namespace} does not exist.`,
    next: 'Have it created, or name another one with --namespace.',
  },
  {
    kind: 'forbidden',
    pattern: /is forbidden: (User "[^"]+" cannot .+)|\bis forbidden\b|403 Forbidden/,
    message: ([, right]) => `You have no permission to do that${right ? `: ${right}` : ''}.`,
    next: 'Ask a cluster admin to grant it.',
  },
  {
    kind: 'not-found',
    pattern: /release: not found|Release not loaded/,
    message: (_, context) => `There is no ${release(context)}${inNamespace(context)}.`,
    next: 'List the releases: helm list --all-namespaces',
  },
  {
    kind: 'chart-not-found',
    pattern:
      /path "[^"]*" not found|repo \S+ not found|chart "[^"]*" .*not found|failed to (?:download|fetch|authorize|resolve|perform "?\w+"? on source)|no such file or directory|invalid chart URL|not a valid chart repository/i,
    message: (_, { chart }) => `The chart ${chart ?? ''} was not found.`.replace('  ', ' '),
    next: 'Correct --chart; for a repository, run helm repo add and helm repo update first.',
  },
  {
    kind: 'chart-broken',
    pattern:
      /Chart\.yaml file is missing|found in Chart\.yaml, but missing in charts|cannot load |validation: chart\.metadata|does not appear to be a gzipped archive|file '.*' is not a|apiVersion '.*' is not valid/,
    message: (_, { chart }) => `The chart ${chart ?? ''} cannot be used.`.replace('  ', ' '),
    next: 'Fix the chart, or use another one with --chart.',
  },
  {
    kind: 'template',
    // A chart's own words may begin on the next line, and be several.
    pattern: /execution error at \([^)]*\):\s*(\S.*)/,
    message: ([, words]) => words?.trim().replace(/:$/, '.') ?? 'The chart refuses these values.',
    next: 'Correct the values.',
  },
  {
    kind: 'template',
    pattern:
      /(?:template: |YAML parse error on |parse error at |error calling |error converting YAML to JSON)/,
    message: () => "The chart's templates fail with these values.",
    next: 'Look for a value of the wrong type; if the values are right, the chart has a bug.',
  },
  {
    kind: 'invalid-object',
    pattern:
      /(\w+)(?:\.[\w.]+)? "([^"]+)" is invalid: |unknown field|ValidationError|strict decoding/,
    message: ([, kind, name]) =>
      name ? `The cluster refuses ${kind} ${name} as invalid.` : 'The cluster refuses an object.',
    next: 'Correct the value behind the field that is named above.',
  },
  {
    kind: 'timeout',
    pattern: /timed out waiting|context deadline exceeded|i\/o timeout/,
    message: () => 'helm did not finish in time.',
    next: 'Check what the cluster is doing, then run this again.',
  },
];

/**
 * Says in a user's words why helm failed.
 *
 * @param stderr what helm printed; only its `Error:` part counts, where there is one
 * @param context what the command was about
 * @param redact takes secrets out; applied to everything that is returned
 */
export function classifyHelmError(
  stderr: string,
  context: HelmContext,
  redact: (text: string) => string = (text) => text,
): HelmFailure {
  const detail = errorPart(stderr);
  for (const { kind, pattern, message, next } of rules) {
    const match = pattern.exec(detail);
    if (!match) continue;
    const words = typeof next === 'function' ? next(match, context) : next;
    return { kind, message: redact(message(match, context)), detail: redact(detail), next: words };
  }
  return {
    kind: 'other',
    message: 'helm failed.',
    detail: redact(detail || 'It said nothing.'),
    next: "Read helm's output above; run this again once the cause is fixed.",
  };
}

/** From the first `Error:` on; warnings, log lines and blank lines left out. */
function errorPart(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() && !logLine.test(line));
  const start = lines.findIndex((line) => line.startsWith('Error: '));
  return lines
    .slice(Math.max(start, 0))
    .join('\n')
    .replace(/^Error: /, '')
    .replace(/\s*Use --debug flag to render out invalid YAML\s*$/, '')
    .replace(/^(execution error at \([^)]*\):)\s+/, '$1 ')
    .trim();
}

/** helm 4's own log, helm 3's warnings, and Kubernetes' logging library. */
const logLine = /^(?:time=|level=|WARNING: |[IWEF]\d{4} \d{2}:|[a-z_]+\.go:\d+: )/;
