import * as z from 'zod/mini';

/** What a reader is told of a value: in values.yaml, in the tables and in the JSON schema. */
export interface Documentation {
  /** Whole sentences. They must stay true for every backend that the value acts on. */
  readonly description: string;
  /** A value worth copying, shown as a comment in values.yaml. */
  readonly example?: unknown;
}

/** The documentation of each value and section of the schema. */
export const documentation = z.registry<Documentation>();

/**
 * A value of the chart: what it may be, what it is when nobody sets it, what it does.
 * The default stands in values.yaml, so helm and the program start from the same one.
 */
export function value<S extends z.ZodMiniType>(
  schema: S,
  fallback: z.core.util.NoUndefined<z.output<S>>,
  description: string,
  example?: unknown,
): z.ZodMiniDefault<S> {
  const documented = z._default(schema, fallback);
  documentation.add(documented, { description, ...(example === undefined ? {} : { example }) });
  return documented;
}

/** A map of values that refuses keys which it does not know. */
export function section<const S extends z.core.$ZodLooseShape>(description: string, shape: S) {
  return documented(z.strictObject(shape), description);
}

/** A map with known values that hands the keys which it does not know on to Kubernetes. */
export function openSection<const S extends z.core.$ZodLooseShape>(description: string, shape: S) {
  return documented(z.looseObject(shape), description);
}

/** A map with known values whose other keys must all hold the same kind of value. */
export function sectionOf<const S extends z.core.$ZodLooseShape, R extends z.ZodMiniType>(
  description: string,
  shape: S,
  rest: R,
) {
  return documented(z.catchall(z.object(shape), rest), description);
}

function documented<S extends z.ZodMiniType>(schema: S, description: string) {
  // `{}` makes each value inside fall back to its own default where the section is missing.
  const whole = z.prefault(schema, {} as z.input<S>);
  documentation.add(whole, { description });
  return whole;
}
