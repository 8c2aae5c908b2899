import type { Problem } from '../errors.ts';
import { explainConnection } from './connection-hints.ts';
import type { ApiFailure, ClusterAccess } from './types.ts';

/** What was asked for, for the words to the user. */
export interface FailureContext {
  /** As in "could not …": "read the pods of namespace xerv". */
  readonly doing: string;
  readonly access?: Pick<ClusterAccess, 'context' | 'server'>;
}

/** A refusal of the API server in a user's words: what happened, why, what to do next. */
export function describeApiFailure(
  failure: ApiFailure,
  { doing, access }: FailureContext,
): Problem {
  const server = access?.server ? ` at ${access.server}` : '';
  const context = access?.context ? ` (context ${access.context})` : '';
  const why = [
    failure.message,
    ...(failure.causes ?? []).map(({ field, message }) =>
      field ? `${field}: ${message}` : message,
    ),
  ].join('\n');
  const hint =
    failure.kind === 'unreachable' || failure.kind === 'other'
      ? explainConnection(why, server, context)
      : undefined;
  if (hint) return hint;
  switch (failure.kind) {
    case 'unreachable':
      return {
        message: `The cluster${server} cannot be reached${context}.`,
        why,
        next: 'Check that it is up, that this machine can reach it (VPN, proxy), and that the context is the right one.',
      };
    case 'timeout':
      return {
        message: `The cluster${server} did not answer in time${context}.`,
        why,
        next: 'Try again, or allow more time with --request-timeout.',
      };
    case 'unauthorized':
      // The words of Go's client where the kubeconfig names a program that logs in.
      if (/getting credentials: /.test(why))
        return {
          message: `The login program in your kubeconfig gives no credentials for the cluster${server}${context}.`,
          why,
          next: /not found|no such file/.test(why)
            ? 'Install it, or add it to PATH.'
            : "Log in again with your provider's command line, or run that program by hand to see why.",
        };
      if (/system:anonymous/.test(why))
        return {
          message: `The cluster${server} does not know who you are${context}.`,
          why,
          next: 'See that the kubeconfig has a user with credentials for this context, and that no proxy on the way takes them off.',
        };
      return {
        message: `The cluster${server} does not accept your credentials${context}.`,
        why,
        next: "They may have expired: log in again with your provider's command line.",
      };
    case 'forbidden':
      return {
        message: `You have no permission to ${doing}.`,
        why,
        next: 'Ask a cluster admin to grant it, or act as someone else with --as or --context.',
      };
    case 'cancelled':
      return { message: `Could not ${doing}: it was cancelled.` };
    default:
      return { message: `Could not ${doing}.`, why };
  }
}
