import { DeployError, type Problem } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { refusesCertificate } from './connection-hints.ts';
import { describeApiFailure, type FailureContext } from './failure-problem.ts';
import type { ApiFailure, ClusterAccess } from './types.ts';

/** The API server could not be asked, or does not accept the user: exit code 3, nothing was changed. */
export class ConnectionError extends DeployError {
  readonly failure: ApiFailure;

  constructor(failure: ApiFailure, context: FailureContext, problem?: Problem) {
    super(exitCodes.unfit, problem ?? describeApiFailure(failure, context));
    this.name = 'ConnectionError';
    this.failure = failure;
  }
}

/**
 * The error for a failure; where the user is not accepted, told by what has run out of what the
 * kubeconfig gives to log in with.
 * @param credentials where that stands
 */
export async function connectionError(
  failure: ApiFailure,
  context: FailureContext,
  credentials: Pick<ClusterAccess, 'kubeconfig' | 'context'>,
): Promise<ConnectionError> {
  const isRefused = failure.kind === 'unauthorized' || refusesCertificate(failure.message);
  if (!isRefused) return new ConnectionError(failure, context);
  const { explainStaleCredential } = await import('./explain-stale-credential.ts');
  const problem = await explainStaleCredential(failure, context, credentials);
  return new ConnectionError(failure, context, problem);
}

/** Words of Go's network code for a server or a network that is down. */
const downWords =
  /connection (refused|reset)|was refused|actively refused|no such host|server misbehaving|temporary failure in name resolution|no route to host|(network|host) is (unreachable|down)|i\/o timeout|TLS handshake timeout|deadline exceeded|unexpected EOF|\bEOF$/im;
/** A load balancer whose API servers are down, or an API server that is not ready. */
const downStatus: readonly (number | undefined)[] = [502, 503, 504];

/**
 * Whether it passes by itself when a server is up again, or a network: then to ask once more helps.
 * Of a certificate that is not trusted, or credentials that are not accepted, that cannot be hoped.
 */
export function passesByItself(error: unknown): boolean {
  if (!(error instanceof ConnectionError)) return false;
  const { kind, status, message } = error.failure;
  if (kind === 'timeout') return true;
  if (kind === 'unreachable') return downWords.test(message);
  return kind === 'other' && downStatus.includes(status);
}
