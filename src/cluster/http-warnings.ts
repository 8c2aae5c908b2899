/**
 * The texts of `Warning: 299 - "text"` headers, which Node joins with commas.
 * Source: RFC 7234, section 5.5; the API server always writes code 299 and agent `-`
 * (https://kubernetes.io/blog/2020/09/03/warnings/).
 */
export function parseWarnings(header: string | undefined): string[] {
  const quoted = /\d{3} \S+ "((?:[^"\\]|\\[\s\S])*)"/g;
  return [...(header ?? '').matchAll(quoted)].map(([, text = '']) =>
    text.replace(/\\([\s\S])/g, '$1'),
  );
}
