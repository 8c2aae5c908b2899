import type { ApiFailure, ApiResult } from '../types.ts';
import { type FactName, type FactValue, known } from './facts.ts';
import type { FactContext, FactPlace, Gatherer } from './gather.ts';
import { gap } from './reader.ts';

/** Ends a gatherer at the request that was not answered. */
class Gap extends Error {
  readonly failure: ApiFailure;
  constructor(failure: ApiFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

/**
 * What was answered. Only for use within {@link gathering}.
 * @throws where it was not, which makes the whole part unknown
 */
export function take<T>(result: ApiResult<T>): T {
  if (result.ok) return result.value;
  throw new Gap(result.failure);
}

/** The same for what may be missing. @returns undefined where the server knows no such thing */
export function takeIfThere<T>(result: ApiResult<T>): T | undefined {
  if (!result.ok && result.failure.kind === 'not-found') return undefined;
  return take(result);
}

/**
 * Waits for all. @returns their answers
 * @throws the first failure in the order of the list, not in that of time: so that a part says the
 * same of the same cluster each time
 */
export async function takeAll<T extends readonly unknown[]>(
  asked: Readonly<{ [Index in keyof T]: Promise<T[Index]> }>,
): Promise<T> {
  await Promise.allSettled(asked);
  return (await Promise.all(asked)) as unknown as T;
}

/**
 * A gatherer from a function that takes what it needs; the first gap is the part's gap. One that
 * asks for more than the place (`FactSubject`) has to wait for the rendered objects.
 */
export function gathering<Name extends FactName, Subject = FactPlace>(
  read: (context: FactContext<Subject>) => Promise<FactValue<Name>>,
): Gatherer<Name, Subject> {
  return async (context) => {
    try {
      return known(await read(context));
    } catch (error) {
      if (error instanceof Gap) return gap(error.failure);
      // The error's own words might quote what was read.
      return { state: 'unknown', reason: 'failed', detail: 'what was read was not understood' };
    }
  };
}
