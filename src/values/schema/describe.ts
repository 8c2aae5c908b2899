import type * as z from 'zod/mini';
import { type Documentation, documentation } from './documented.ts';
import { groups } from './index.ts';

/** A value or a section of the chart's values, as a reader meets it. */
export interface DescribedValue extends Documentation {
  readonly key: string;
  /** From the root, such as `dispatch.redis.url`. */
  readonly path: string;
  /** Of a value. */
  readonly fallback?: unknown;
  /** Of a section. */
  readonly children?: readonly DescribedValue[];
}

/** The values of one subject. */
export interface DescribedGroup {
  readonly title: string;
  readonly values: readonly DescribedValue[];
}

/** Every value of the chart with its documentation, by subject, in reading order. */
export function describeValues(): readonly DescribedGroup[] {
  return groups.map(({ title, shape }) => ({ title, values: describeShape(shape, '') }));
}

/** The values without the sections around them. */
export function leavesOf(values: readonly DescribedValue[]): readonly DescribedValue[] {
  return values.flatMap((value) => (value.children ? leavesOf(value.children) : [value]));
}

function describeShape(shape: z.core.$ZodLooseShape, prefix: string): readonly DescribedValue[] {
  const described: DescribedValue[] = [];
  for (const [key, schema] of Object.entries(shape)) {
    const words = documentation.get(schema);
    // Fields inside a free-form value (an entry of a list …) belong to that value.
    if (words === undefined) continue;
    const path = prefix + key;
    const { def } = (schema as z.ZodMiniType)._zod as z.core.$ZodTypes['_zod'];
    if (def.type === 'default') {
      described.push({ key, path, ...words, fallback: def.defaultValue });
    } else if (def.type === 'prefault') {
      const inner = (def.innerType as z.core.$ZodObject)._zod.def.shape;
      described.push({ key, path, ...words, children: describeShape(inner, `${path}.`) });
    }
  }
  return described;
}
