import { isAbsolute, resolve } from 'node:path';
import type { Problem } from '../errors.ts';
import { readTextFile } from '../files/read-text.ts';
import { shownPath } from '../files/shown-path.ts';
import type { Target } from '../release/target.ts';
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
  /** The path as it is told. */
  readonly shown: string;
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
  const path = pathOf(context, name);
  if (path !== '-') await checkOwner(context, path, target, problems);
  const header = formatHeader({
    context: target.context,
    cluster: target.identity,
    namespace: target.namespace,
    release: target.release,
  });
  return {
    path,
    shown: shownPath(path, context.workingDirectory),
    text: fileText(topmostFile, values, header),
  };
}

/** Where a file goes that belongs to no release yet. */
export function pathOf({ flags, workingDirectory }: CommandContext, name = defaultName): string {
  const named = flags.text('values-out') ?? name;
  return named === '-' || isAbsolute(named) ? named : resolve(workingDirectory, named);
}

/** @param header instead of the one that the topmost file may have; none belongs to nobody */
export function fileText(
  topmostFile: ValuesInput['topmostFile'],
  values: Tree,
  header?: string,
): string {
  const document = topmostFile
    ? withDifference(topmostFile.document, values)
    : ValuesDocument.empty(defaultName);
  if (!topmostFile) for (const [key, value] of Object.entries(values)) document.set([key], value);
  const comment = withoutHeader(document.header ?? '');
  const lines = [...(header === undefined ? [] : [header]), ...(comment.trim() ? [comment] : [])];
  document.header = lines.join('\n');
  return document.toString();
}

/** Which release the file at a path belongs to; undefined where none or nobody's is there. */
export async function ownerOf({ stdin }: CommandContext, path: string) {
  const text = await readTextFile(path, { stdin }).catch(() => undefined);
  return text === undefined ? undefined : parseHeader(text);
}

/** A file of another cluster, namespace or release is not overwritten. */
async function checkOwner(
  context: CommandContext,
  path: string,
  target: Target,
  problems: Problem[],
): Promise<void> {
  const owner = await ownerOf(context, path);
  if (!owner) return;
  const isOurs =
    owner.cluster === target.identity &&
    owner.namespace === target.namespace &&
    owner.release === target.release;
  if (isOurs) return;
  problems.push({
    message: `${path} holds the values of another release: ${owner.release} in namespace ${owner.namespace} on ${owner.context}.`,
    next: 'Name another file with --values-out, or move this one.',
    where: '--values-out',
  });
}
