import { withFlags } from '../../cli/flag-values.ts';
import type { Target } from '../../release/target.ts';
import type { CommandContext } from '../context.ts';
import { ownerOf, pathOf } from '../values-file.ts';

/**
 * The invocation with a place for the values file that is free: where the usual one holds the
 * values of another release, a name of this release's own. One that was named stays.
 * @param target its identity is undefined where no cluster told it
 */
export async function withFreeValuesPath(
  context: CommandContext,
  target: Pick<Target, 'namespace' | 'release'> & { readonly identity: string | undefined },
): Promise<CommandContext> {
  if (context.flags.text('values-out') !== undefined) return context;
  const owner = await ownerOf(context, pathOf(context));
  const isOurs =
    owner === undefined ||
    (owner.cluster === (target.identity ?? owner.cluster) &&
      owner.namespace === target.namespace &&
      owner.release === target.release);
  if (isOurs) return context;
  const name = `xerv-values-${target.namespace}-${target.release}.yaml`;
  return { ...context, flags: withFlags(context.flags, { 'values-out': [name] }) };
}
