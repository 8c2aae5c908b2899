import type { Problem } from '../errors.ts';

interface Hint {
  /** Words of Go's client, or of a server or proxy that answers in plain text. */
  readonly words: RegExp;
  /** What that means. @param server " at https://…", or nothing @param context the same */
  readonly message: (server: string, context: string) => string;
  readonly next: string;
}

const refusedCertificate = /remote error: tls: .*certificate/;

/** Whether it is the server that does not accept the user's certificate. */
export const refusesCertificate = (why: string): boolean => refusedCertificate.test(why);

/** Why a cluster cannot be spoken to, other than that it or the network is down. */
const hints: readonly Hint[] = [
  {
    words: /unable to read (certificate-authority|client-cert|client-key)|any PEM data/,
    message: (server) =>
      `The kubeconfig holds no usable certificate or key for the cluster${server}.`,
    next: 'Fix the file that it names, or get a new kubeconfig from a cluster admin.',
  },
  {
    words: /Please enter (Username|Password)/,
    message: (server, context) =>
      `The kubeconfig gives no credentials for the cluster${server}${context}.`,
    next: 'See that its user has a certificate, a token or a login program, or get a new kubeconfig from whoever runs the cluster.',
  },
  {
    words: /proxyconnect/,
    message: (server, context) =>
      `The proxy in front of the cluster${server} does not answer${context}.`,
    next: 'Check HTTPS_PROXY and NO_PROXY, and proxy-url in the kubeconfig.',
  },
  {
    words: refusedCertificate,
    message: (server, context) =>
      `The cluster${server} does not accept your certificate${context}.`,
    next: 'It may have expired: get a new kubeconfig, or log in again.',
  },
  {
    words: /x509: |failed to verify certificate/,
    message: (server, context) =>
      `The certificate of the server${server} is not trusted${context}.`,
    next: 'Get a new kubeconfig from a cluster admin. A proxy in between may present its own certificate: if so, check NO_PROXY.',
  },
  {
    words:
      /no Host in request URL|unsupported protocol scheme|invalid (port|character) .*(host|URL)/,
    message: (server) => `The server${server} in the kubeconfig is not a valid address.`,
    next: 'Write it as https://HOST:PORT.',
  },
  {
    words: /HTTP request to an HTTPS server|HTTP response to HTTPS client/,
    message: (server) =>
      `The server${server} speaks a different protocol than its address in the kubeconfig says.`,
    next: 'Check whether it should begin with https:// or http://.',
  },
];

/** What the words of a failure mean to a user; undefined where they say no more than themselves. */
export function explainConnection(
  why: string,
  server: string,
  context: string,
): Problem | undefined {
  const hint = hints.find(({ words }) => words.test(why));
  return hint && { message: hint.message(server, context), why, next: hint.next };
}
