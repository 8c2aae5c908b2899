import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Writes a program that plays `kubectl proxy`, for what the real one cannot be made to do at will.
 *
 * @param directory where it is put
 * @param body JavaScript that handles a request: `request`, `response` and `count`, from 0
 * @returns its path
 */
export async function writeFakeProxy(directory: string, body: string): Promise<string> {
  const path = join(directory, 'kubectl');
  await writeFile(
    path,
    `#!${process.execPath}
const socket = process.argv.find((arg) => arg.startsWith('--unix-socket=')).split('=')[1];
let count = 0;
require('node:http').createServer((request, response) => {
  const answer = (value) => response.end(JSON.stringify(value));
  ${body}
  count += 1;
}).listen(socket, () => console.log('Starting to serve on ' + socket));
`,
  );
  await chmod(path, 0o755);
  return path;
}

/** Writes a kubectl that is a shell script. */
export async function writeFakeKubectl(directory: string, script: string): Promise<string> {
  const path = join(directory, 'kubectl');
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}
