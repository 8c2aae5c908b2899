import { kubectlAccessArguments } from './access-arguments.ts';
import { kindOfConnectionWords } from './api-failure.ts';
import { isKubectlError } from './klog.ts';
import { mergePatch } from './merge-patch.ts';
import { type ApiRequest, noAnswer, type Transport, type TransportResult } from './transport.ts';
import type { ClusterAccess, Exec } from './types.ts';

export interface DirectOptions {
  readonly kubectl: string;
  readonly access: ClusterAccess;
  readonly environment: Readonly<Record<string, string>>;
  readonly exec: Exec;
  readonly onStderrLine: (line: string) => void;
  /** The path of the server's address ("/k8s/clusters/c-1" for Rancher), or nothing. */
  readonly pathPrefix: string;
}

/** How often a patch is tried again when somebody else changed the object meanwhile. */
const patchAttempts = 5;

/**
 * Requests by one `kubectl … --raw` each, for machines where no unix socket can be had. Bodies go
 * over stdin. kubectl has no raw patch: the object is read, patched here and replaced, with its
 * resource version, so that nobody's change is lost.
 */
export function createDirectTransport(options: DirectOptions): Transport {
  let prefix: Promise<string> | undefined;
  const run = async (
    [verb, raw, path, ...rest]: readonly [string, '--raw', string, ...string[]],
    request: ApiRequest,
    input?: string,
  ) => {
    prefix ??= findPrefix(options, request);
    return runRaw(options, [verb, raw, (await prefix) + path, ...rest], request, input);
  };
  const send = (request: ApiRequest): Promise<TransportResult> => {
    switch (request.method) {
      case 'GET':
        return run(['get', '--raw', request.path], request);
      case 'POST':
        return run(['create', '--raw', request.path, '-f', '-'], request, request.body);
      case 'DELETE':
        return run(['delete', '--raw', request.path, '-f', '-'], request, request.body);
      case 'PATCH':
        return request.contentType ? tryApply(options, request) : patch(request);
    }
  };
  const patch = async (request: ApiRequest): Promise<TransportResult> => {
    for (let attempt = 1; ; attempt += 1) {
      const read = await run(['get', '--raw', request.path], request);
      if (!read.answered || read.answer.status !== 200) return read;
      const patched = mergePatch(JSON.parse(read.answer.body), JSON.parse(request.body ?? '{}'));
      const body = JSON.stringify(patched);
      const written = await run(['replace', '--raw', request.path, '-f', '-'], request, body);
      const conflict = written.answered && written.answer.status === 409;
      if (!conflict || attempt === patchAttempts) return written;
    }
  };
  return { send, close: async () => {} };
}

/**
 * Older kubectls (seen with 1.32) leave the path of the server's address out of raw requests, and
 * newer ones (1.35) put it there: which one it is, is found out where there is such a path.
 */
async function findPrefix(options: DirectOptions, request: ApiRequest): Promise<string> {
  if (options.pathPrefix === '') return '';
  const path = `${options.pathPrefix}/version`;
  const probe = await runRaw(
    options,
    ['get', '--raw', path],
    { ...request, method: 'GET' },
    undefined,
  );
  return probe.answered && probe.answer.status === 200 ? options.pathPrefix : '';
}

/**
 * kubectl has no raw server-side apply: its own one does the same, with the path in the object.
 * Only ever a dry run.
 */
function tryApply(options: DirectOptions, request: ApiRequest): Promise<TransportResult> {
  const query = new URL(request.path, 'http://localhost').searchParams;
  const flags = [
    '--server-side',
    '--dry-run=server',
    '--validate=strict',
    `--field-manager=${query.get('fieldManager')}`,
    `--force-conflicts=${query.get('force') === 'true'}`,
  ];
  return runRaw(options, ['apply', ...flags, '-o', 'json', '-f', '-'], request, request.body);
}

async function runRaw(
  { kubectl, access, environment, exec, onStderrLine }: DirectOptions,
  args: readonly string[],
  request: ApiRequest,
  input: string | undefined,
): Promise<TransportResult> {
  const isWarning = (line: string) => isDryRun(request) && line.startsWith(warningPrefix);
  const result = await exec(kubectl, [...args, ...kubectlAccessArguments(access)], {
    env: environment,
    timeoutMilliseconds: request.timeoutMilliseconds,
    killAfterMilliseconds: 2_000,
    ...(input !== undefined && { input }),
    ...(request.signal && { signal: request.signal }),
    onStderrLine: (line) => {
      if (!isKubectlError(line) && !isWarning(line)) onStderrLine(line);
    },
  });
  const lines = result.stderr.trim().split('\n');
  const warnings = lines.filter(isWarning).map((line) => line.slice(warningPrefix.length));
  const words = lines
    .filter((line) => !isWarning(line))
    .join('\n')
    .replace(/^error: /, '');
  if (result.exitCode === 0) return withWarnings(answered(200, result.stdout), warnings);
  if (result.cancelled) return noAnswer('cancelled', 'the request was cancelled');
  if (result.timedOut)
    return noAnswer('timeout', `no answer within ${request.timeoutMilliseconds / 1000} s`);
  if (result.startFailure)
    return noAnswer('other', `kubectl could not be started: ${result.startFailure.message}`);
  return withWarnings(fromKubectlWords(words), warnings);
}

/** How kubectl prints the server's `Warning` headers. */
const warningPrefix = 'Warning: ';
/** What else warns, such as a credential plugin, is for people to read. */
const isDryRun = ({ path }: ApiRequest) => /[?&]dryRun=/.test(path);

function withWarnings(result: TransportResult, warnings: readonly string[]): TransportResult {
  if (!result.answered || warnings.length === 0) return result;
  return { answered: true, answer: { ...result.answer, warnings } };
}

/** HTTP status by the reason that kubectl prints: `Error from server (NotFound): …`. */
const statuses: Readonly<Record<string, number>> = {
  BadRequest: 400,
  Unauthorized: 401,
  Forbidden: 403,
  NotFound: 404,
  AlreadyExists: 409,
  Conflict: 409,
  Expired: 410,
  Gone: 410,
  Invalid: 422,
  TooManyRequests: 429,
  InternalError: 500,
  ServiceUnavailable: 503,
  Timeout: 504,
  ServerTimeout: 504,
};

function fromKubectlWords(words: string): TransportResult {
  const [, reason, message] = /Error from server(?: \((\w+)\))?: ([\s\S]*)$/.exec(words) ?? [];
  const status = statuses[reason ?? ''];
  if (status && message)
    return answered(status, JSON.stringify({ kind: 'Status', reason, message }));
  // Without the prefix: `The ConfigMap "x" is invalid: …`.
  if (/^The \S+ ".*" is invalid/.test(words))
    return answered(422, JSON.stringify({ kind: 'Status', reason: 'Invalid', message: words }));
  if (/\(Unauthorized\)/.test(words))
    return answered(
      401,
      JSON.stringify({ kind: 'Status', reason: 'Unauthorized', message: words }),
    );
  return noAnswer(
    kindOfConnectionWords(words) ?? 'other',
    words || 'kubectl failed without a message',
  );
}

function answered(status: number, body: string): TransportResult {
  return { answered: true, answer: { status, contentType: 'application/json', body } };
}
