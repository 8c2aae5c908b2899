import type { ApiFailure } from '../../cluster/types.ts';

/** Why the API server would not take an object, or why that could not be found out. */
export const refusalReasons = [
  'admission',
  'pod-security',
  'quota',
  'limit-range',
  'policy',
  'invalid',
  'immutable',
  'unknown-field',
  'forbidden',
  'conflict',
  'exists',
  'not-served',
  'namespace-missing',
  'namespace-terminating',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

export type Classified =
  | { readonly outcome: 'refused'; readonly reason: RefusalReason }
  | { readonly outcome: 'unknown'; readonly reason: 'no-dry-run' | 'timeout' | 'failed' };

const refused = (reason: RefusalReason): Classified => ({ outcome: 'refused', reason });
const unknown = (reason: 'no-dry-run' | 'timeout' | 'failed'): Classified => ({
  outcome: 'unknown',
  reason,
});

/**
 * The server's words, from the most to the least telling: everything that admission says comes as
 * `Forbidden` too, like a right that is missing. Sources, all in Kubernetes: apiserver's
 * admission/plugin/webhook/errors, admission/plugin/resourcequota, plugin/pkg/admission/limitranger,
 * k8s.io/pod-security-admission/admission, admission/plugin/policy/validating,
 * admission/plugin/namespace/lifecycle, util/managedfields.
 */
const words: readonly { readonly pattern: RegExp; readonly is: Classified }[] = [
  { pattern: /does not support dry run/, is: unknown('no-dry-run') },
  { pattern: /violates PodSecurity/, is: refused('pod-security') },
  { pattern: /exceeded quota|failed quota|insufficient quota/, is: refused('quota') },
  {
    pattern: /(maximum|minimum) .* usage per|max(imum)? limit to request ratio|is forbidden: \[/,
    is: refused('limit-range'),
  },
  { pattern: /ValidatingAdmissionPolicy/, is: refused('policy') },
  { pattern: /because it is being terminated/, is: refused('namespace-terminating') },
  { pattern: /admission webhook|calling webhook/, is: refused('admission') },
  {
    pattern: /unknown field|field not declared in schema|strict decoding error|duplicate field/,
    is: refused('unknown-field'),
  },
  {
    pattern: /updates to \w+ spec for fields other than|field is immutable|is immutable after/,
    is: refused('immutable'),
  },
];

/** What a refusal of a dry run means. */
export function classify({ kind, status, reason, message }: ApiFailure): Classified {
  const told = words.find(({ pattern }) => pattern.test(message));
  if (told) return told.is;
  switch (kind) {
    case 'invalid':
      return refused('invalid');
    case 'conflict':
      return refused(reason === 'AlreadyExists' ? 'exists' : 'conflict');
    case 'not-found':
      return refused(/^namespaces "/.test(message) ? 'namespace-missing' : 'not-served');
    case 'forbidden':
      return refused(/cannot \w+ resource/.test(message) ? 'forbidden' : 'admission');
    case 'timeout':
      return unknown('timeout');
    default:
      // Duplicate keys of a list come as 500 from server-side apply.
      return status === 500 && /failed to create typed patch object/.test(message)
        ? refused('invalid')
        : unknown('failed');
  }
}
