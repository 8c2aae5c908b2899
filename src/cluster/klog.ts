/** A line of Kubernetes' logging library: severity and date, time, thread, file and line. */
const klogLine = /^[IWEF]\d{4} \d{2}:\d{2}:\d{2}\.\d+\s+\d+ [^\s:]+:\d+\] /;

/** How kubectl begins its own last words; they come back as the failure of the request. */
const kubectlError =
  /^(error: |Error from server|Error in configuration|Unable to connect to|The connection to the server|The \S+ ".*" is invalid)/i;

/** Whether a line of stderr is kubectl's own complaint rather than, say, a plugin's question. */
export function isKubectlError(line: string): boolean {
  return kubectlError.test(line);
}

/** What of kubectl's stderr people need to see, and everything that it said. */
export interface StderrFilter {
  /** Takes output as it comes. */
  write(chunk: string): void;
  /** The last lines of all that was said, klog's prefixes removed. */
  lastWords(): string;
}

/**
 * Passes on what credential plugins say (a device-code login's address and code), line by line,
 * and holds back klog lines: a proxy logs every failed request, and the request's own failure
 * says the same. The lines of one klog entry after its first follow in the same write, after an
 * empty line.
 *
 * @param onLine called with each line that people need to see
 */
export function createStderrFilter(onLine: (line: string) => void): StderrFilter {
  const kept: string[] = [];
  let rest = '';
  return {
    write(chunk) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      let inEntry = false;
      for (const [index, raw] of lines.entries()) {
        const line = raw.trimEnd();
        kept.push(line.replace(klogLine, ''));
        if (klogLine.test(line)) inEntry = lines[index + 1]?.trim() === '';
        else if (!inEntry && !isKubectlError(line)) onLine(line);
      }
      kept.splice(0, kept.length - 20);
    },
    lastWords: () =>
      [...kept, rest]
        .join('\n')
        .trim()
        .replace(/^error: /, ''),
  };
}
