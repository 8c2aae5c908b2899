import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ChartSchema,
  fillEffective,
  fitsSchema,
  schemaValues,
  withDefaults,
} from '../../../src/values/chart-schema.ts';
import { coalesce } from '../../../src/values/merge.ts';
import { describeValues, leavesOf } from '../../../src/values/schema/describe.ts';
import { valuesSchema } from '../../../src/values/schema/index.ts';
import { getNode, type Node, type Path, setNode, type Tree } from '../../../src/values/tree.ts';
import { arbitraryValues } from '../../support/arbitrary-values.ts';
import { chartSchema as schema } from '../../support/chart-schema.ts';
import { bases } from '../../support/questions.ts';

/** What zod says of values: itself with the defaults, or undefined where it refuses them. */
function byZod(values: Tree): unknown {
  const parsed = valuesSchema.safeParse(values);
  return parsed.success ? parsed.data : undefined;
}

function bySchema(values: Tree): unknown {
  return fitsSchema(schema, values) ? withDefaults(schema, values) : undefined;
}

test.each(Object.entries(bases))('preset %s is read as zod reads it', (_, values) => {
  expect(bySchema(values)).toEqual(byZod(values));
  expect(byZod(values)).toBeDefined();
});

describe('any values', () => {
  test('that the schema allows are read as zod reads them', async () => {
    fc.assert(
      fc.property(await arbitraryValues(), (values) => {
        expect(bySchema(values)).toEqual(byZod(values));
      }),
      { numRuns: 100 },
    );
  });

  const wrong = fc.constantFrom<Node>(
    ...['', 'no such word', 'UPPER', '-', '1', '50%', 'a'.repeat(300)],
    ...[0, -1, 1.5, 2 ** 31, 2 ** 53, 65_536, true, false],
    ...[{}, { a: 1 }, { name: '' }, { unknownKey: 'x' }, [], [1], ['a'], [{}], [{ name: 'a' }]],
  );

  test('with something else at one place are taken or refused as zod does', async () => {
    const values = await arbitraryValues();
    fc.assert(
      fc.property(values, wrong, fc.nat(), (tree, node, seed) => {
        const changed = replaceOne(tree, node, seed);
        expect(bySchema(changed)).toEqual(byZod(changed));
      }),
      { numRuns: 400 },
    );
  });

  test('with something else at each place in turn, too', { timeout: 180_000 }, () => {
    const defaults = withDefaults(schema, {});
    const places = countNodes(defaults);
    expect(places).toBeGreaterThan(400);
    for (let place = 0; place < places - 1; place += 1)
      for (const node of fc.sample(wrong, 2)) {
        const changed = replaceOne(defaults, node, place);
        expect(bySchema(changed)).toEqual(byZod(changed));
      }
  });
});

describe('what null took away', () => {
  const defaults = withDefaults(schema, {});
  const afterNull = (path: Path) => {
    const effective = coalesce(defaults, setNode({}, path, null));
    return getNode(fillEffective(schema, effective), path);
  };

  test.each([
    ['autoscaling.targetCPUUtilizationPercentage', ''],
    ['serviceAccount.create', false],
  ])('%s is empty, as for the templates', (path, empty) => {
    expect(afterNull(path.split('.'))).toBe(empty);
  });

  test.each(['replicaCount', 'dispatch.backend'])(
    '%s, which is never empty, is its default',
    (path) => {
      expect(afterNull(path.split('.'))).toBe(getNode(defaults, path.split('.')));
    },
  );
});

test('nothing stands in the schema that is not understood', () => {
  const understood = new Set([
    ...[
      'type',
      'properties',
      'additionalProperties',
      'propertyNames',
      'required',
      'items',
      'allOf',
      'enum',
    ],
    ...['pattern', 'minimum', 'maximum', 'minLength', 'maxLength', 'default'],
    ...['$schema', 'description', 'examples'],
  ]);
  const unknown = new Set<string>();
  const look = (part: ChartSchema) => {
    for (const key of Object.keys(part)) if (!understood.has(key)) unknown.add(key);
    const inner = [...Object.values(part.properties ?? {}), ...(part.allOf ?? [])];
    for (const one of [...inner, part.items, part.additionalProperties])
      if (typeof one === 'object') look(one);
  };
  look(schema);
  expect([...unknown]).toEqual([]);
});

function countNodes(node: Node): number {
  if (typeof node !== 'object' || node === null) return 1;
  return Object.values(node).reduce<number>((sum, inner) => sum + countNodes(inner), 1);
}

/** The tree with another node in the place that the number says, counted from the root. */
function replaceOne(tree: Tree, node: Node, seed: number): Tree {
  let left = seed % Math.max(countNodes(tree) - 1, 1);
  const visit = (at: Node): Node => {
    left -= 1;
    if (left === -1) return node;
    if (typeof at !== 'object' || at === null) return at;
    if (Array.isArray(at)) return at.map(visit);
    return Object.fromEntries(Object.entries(at as Tree).map(([key, one]) => [key, visit(one)]));
  };
  return Object.fromEntries(Object.entries(tree).map(([key, one]) => [key, visit(one)]));
}

test('its values and their documentation are those of the zod schema', () => {
  const described = describeValues().flatMap(({ values }) => leavesOf(values));
  const byPath = (one: { path: string }, other: { path: string }) =>
    one.path < other.path ? -1 : 1;
  expect([...schemaValues(schema)].sort(byPath)).toMatchObject(
    described
      .map(({ path, description, fallback }) => ({ path, description, fallback }))
      .sort(byPath),
  );
  expect(schemaValues(schema)).toHaveLength(described.length);
});
