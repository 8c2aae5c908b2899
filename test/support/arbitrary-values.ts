import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { type ChartSchema, fitsSchema } from '../../src/values/chart-schema.ts';
import { describeValues, leavesOf } from '../../src/values/schema/describe.ts';
import { type Node, setNode, type Tree } from '../../src/values/tree.ts';
import { chart } from './render.ts';

/** Texts that YAML or a template might take for something else. */
const awkward = [
  'yes',
  'null',
  '0777',
  '1e3',
  '12:30',
  "it's",
  'say "x"',
  '{{ x }}',
  '- a',
  'ü: x',
];
/** Texts that Kubernetes takes wherever it takes texts. */
const plain = ['a', 'b-1', 'yes', '0777', '1e3', 'null'];

/** Values that the schema of values.schema.json allows; of free-form ones only the empty one. */
function anyOf(schema: ChartSchema, texts: readonly string[]): fc.Arbitrary<Node> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const types = [schema.type ?? []].flat();
  if (types.length === 0) return fc.constant({});
  return fc.oneof(...types.map((type) => anyOfType(type, schema, texts)));
}

function anyOfType(
  type: string,
  schema: ChartSchema,
  texts: readonly string[],
): fc.Arbitrary<Node> {
  const { minimum = 0, maximum = 2_147_483_647 } = schema;
  switch (type) {
    case 'boolean':
      return fc.boolean();
    case 'integer':
    case 'number':
      return fc.oneof(
        fc.integer({ min: minimum, max: maximum }),
        fc.constantFrom(minimum, Math.min(maximum, 1_000_000), Math.min(maximum, 16_777_216)),
      );
    case 'null':
      return fc.constant(null);
    case 'array':
      return schema.items && describesItsParts(schema.items)
        ? fc.uniqueArray(anyOf(schema.items, plain), {
            maxLength: 2,
            selector: (item) => JSON.stringify(item),
          })
        : fc.constant([]);
    case 'object':
      return objectOf(schema);
    default:
      return textOf(schema, texts);
  }
}

function textOf(schema: ChartSchema, texts: readonly string[]): fc.Arbitrary<string> {
  const { pattern = schema.allOf?.find((part) => part.pattern !== undefined)?.pattern } = schema;
  if (pattern === undefined)
    return fc.constantFrom(...texts.filter((text) => fitsSchema(schema, text)));
  return fc
    .stringMatching(new RegExp(pattern))
    .filter((text) => text.length <= 40 && fitsSchema(schema, text));
}

function objectOf(schema: ChartSchema): fc.Arbitrary<Node> {
  const { properties, required = [], additionalProperties, propertyNames } = schema;
  if (properties) {
    const known = Object.entries(properties).filter(
      ([name, property]) => required.includes(name) || describesItsParts(property),
    );
    return fc.record(
      Object.fromEntries(known.map(([name, property]) => [name, anyOf(property, plain)])),
      { requiredKeys: [...required] },
    );
  }
  if (typeof additionalProperties === 'object')
    return fc.dictionary(
      propertyNames ? textOf(propertyNames, plain) : fc.constantFrom('a', 'b', 'example.com/c'),
      anyOf(additionalProperties, plain),
      {
        maxKeys: 2,
      },
    );
  return fc.constant({});
}

/** Whether a schema says more than "an object that Kubernetes reads". */
function describesItsParts(schema: ChartSchema): boolean {
  if (schema.enum) return true;
  if (![schema.type].flat().includes('object')) return schema.type !== undefined;
  return schema.properties !== undefined || typeof schema.additionalProperties === 'object';
}

/** A value of the chart, by its path, and what it may be. */
interface Choice {
  readonly path: readonly string[];
  readonly value: fc.Arbitrary<Node>;
}

/**
 * Values as somebody could write them: some paths of the chart with something that the schema
 * allows, an example of the documentation among it.
 * @param except paths, and what lies below them, that stay as they are
 */
export async function arbitraryValues(except: readonly string[] = []): Promise<fc.Arbitrary<Tree>> {
  const text = await readFile(join(chart, 'values.schema.json'), 'utf8');
  const root = JSON.parse(text) as ChartSchema;
  const choices = describeValues()
    .flatMap(({ values }) => leavesOf(values))
    .filter(({ path }) => !except.some((start) => path === start || path.startsWith(`${start}.`)))
    .map(({ path, example }): Choice => {
      const keys = path.split('.');
      const schema = keys.reduce((at, key) => at.properties?.[key] ?? {}, root);
      const allowed = anyOf(schema, awkward);
      const shown = example === undefined ? [] : [fc.constant(example as Node)];
      return { path: keys, value: fc.oneof(allowed, ...shown) };
    });
  return fc
    .uniqueArray(fc.nat(choices.length - 1), { minLength: 1, maxLength: 40 })
    .chain((indices) => {
      const picked = indices.map((index) => choices[index] as Choice);
      return fc
        .tuple(...picked.map(({ value }) => value))
        .map((values) =>
          picked.reduce<Tree>((tree, { path }, at) => setNode(tree, path, values[at] as Node), {}),
        );
    });
}
