import { isAbsolute, resolve } from 'node:path';
import type { Problem } from '../errors.ts';
import { readTextFile } from '../files/read-text.ts';
import type { Target } from '../release/events.ts';
import { ValuesDocument } from '../values/document.ts';
import { withDifference } from '../values/edit.ts';
import { formatHeader, parseHeader, withoutHeader } from '../values/header.ts';
import type { Tree } from '../values/tree.ts';
import type { CommandContext } from './context.ts';
import type { ValuesInput } from './values-input.ts';

const defaultName = 'xerv-values.yaml';

/** The values file that an install or upgrade will leave. */
export interface ValuesFile {
  /** `-` is standard output. */
  readonly path: string;
  readonly text: string;
}

/**
 * Plans the values file: the topmost file's document, comments kept, with the difference set into
 * it; without one, a new document.
 * @param problems where it is said that a file of another release stands there
 * @param name where the file goes without --values-out
 */
export async function planValuesFile(
  context: CommandContext,
  target: Target,
  { topmostFile }: Pick<ValuesInput, 'topmostFile'>,
  values: Tree,
  problems: Problem[],
  name = defaultName,
): Promise<ValuesFile> {
  const named = context.flags.text('values-out') ?? name;
  const path =
    named === '-' || isAbsolute(named) ? named : resolve(context.workingDirectory, named);
  if (path !== '-') await checkOwner(context, path, target, problems);
  const document = topmostFile
    ? withDifference(topmostFile.document, values)
    : ValuesDocument.empty(path);
  if (!topmostFile) for (const [key, value] of Object.entries(values)) document.set([key], value);
  const comment = withoutHeader(document.header ?? '');
  const header = formatHeader({
    context: target.context,
    cluster: target.identity,
    namespace: target.namespace,
    release: target.release,
  });
  document.header = comment.trim() === '' ? header : `${header}\n${comment}`;
  return { path, text: document.toString() };
}

/** A file of another cluster, namespace or release is not overwritten. */
async function checkOwner(
  context: CommandContext,
  path: string,
  target: Target,
  problems: Problem[],
): Promise<void> {
  const text = await readTextFile(path, { stdin: context.stdin }).catch(() => undefined);
  const owner = text === undefined ? undefined : parseHeader(text);
  if (!owner) return;
  const isOurs =
    owner.cluster === target.identity &&
    owner.namespace === target.namespace &&
    owner.release === target.release;
  if (isOurs) return;
  problems.push({
    message: `${path} holds the values of another release: ${owner.release} in namespace ${owner.namespace} on ${owner.context}.`,
    next: 'Name another file with --values-out, or move this one away.',
    where: '--values-out',
  });
}
