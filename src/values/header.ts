/** Which release a values file belongs to, by its first lines. */
export interface FileTarget {
  readonly context: string;
  /** See `readIdentity`: tells clusters apart whatever their contexts are called. */
  readonly cluster: string;
  readonly namespace: string;
  readonly release: string;
}

const marker = 'create-xerv-deploy:';
const fields = ['context', 'cluster', 'namespace', 'release'] as const;

/** The header of a file that this program writes, without the `#`. */
export function formatHeader(target: FileTarget): string {
  return [
    ` ${marker} values of this release; the next install or upgrade starts here.`,
    ...fields.map((field) => `   ${field}: ${target[field]}`),
  ].join('\n');
}

/** Reads the header back; undefined where a file has none, so that it belongs to nobody. */
export function parseHeader(text: string): FileTarget | undefined {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith('#') && line.includes(marker));
  if (start === -1) return undefined;
  const found = new Map(
    lines.slice(start + 1, start + 1 + fields.length).flatMap((line) => {
      const match = /^#\s+(\w+): (.*)$/.exec(line);
      return match ? [[match[1], match[2]] as const] : [];
    }),
  );
  const [context, cluster, namespace, release] = fields.map((field) => found.get(field));
  if (context === undefined || cluster === undefined || !namespace || !release) return undefined;
  return { context, cluster, namespace, release };
}

/** The text without the header that this program put there. */
export function withoutHeader(comment: string): string {
  const lines = comment.split('\n');
  const start = lines.findIndex((line) => line.includes(marker));
  if (start === -1) return comment;
  return [...lines.slice(0, start), ...lines.slice(start + 1 + fields.length)].join('\n');
}
