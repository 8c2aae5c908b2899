import { isList, isTree, type Node, setKey, type Tree } from './tree.ts';

/**
 * A part of the chart's values.schema.json, which is made from our zod schema: whatever it says
 * of values, zod says too. To make zod's schema takes as long as a start of helm, so whether values
 * fit, and what they are by default, is read here.
 */
export interface ChartSchema {
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, ChartSchema>>;
  readonly additionalProperties?: boolean | ChartSchema;
  readonly propertyNames?: ChartSchema;
  readonly required?: readonly string[];
  readonly items?: ChartSchema;
  readonly allOf?: readonly ChartSchema[];
  readonly enum?: readonly Node[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly default?: Node;
}

/**
 * Whether the chart takes values, as `valuesSchema.safeParse` would say.
 * @param node without nulls; undefined fits nothing
 */
export function fitsSchema(schema: ChartSchema, node: Node | undefined): boolean {
  const types = schema.type === undefined ? undefined : [schema.type].flat();
  return (
    node !== undefined &&
    (types === undefined || types.some((type) => isOfType(type, node))) &&
    (schema.enum === undefined || schema.enum.includes(node)) &&
    (schema.allOf ?? []).every((part) => fitsSchema(part, node)) &&
    (typeof node !== 'string' || fitsText(schema, node)) &&
    (typeof node !== 'number' || fitsNumber(schema, node)) &&
    (!isList(node) || node.every((item) => fitsSchema(schema.items ?? {}, item))) &&
    (!isTree(node) || fitsMap(schema, node))
  );
}

/** Whether a type of JSON schema is that of a value. */
export function isOfType(type: string, node: Node): boolean {
  switch (type) {
    case 'object':
      return isTree(node);
    case 'array':
      return isList(node);
    case 'integer':
      return Number.isSafeInteger(node);
    case 'null':
      return node === null;
    default:
      return typeof node === type;
  }
}

function fitsText({ pattern, minLength, maxLength }: ChartSchema, text: string): boolean {
  return (
    (pattern === undefined || new RegExp(pattern).test(text)) &&
    text.length >= (minLength ?? 0) &&
    text.length <= (maxLength ?? Number.POSITIVE_INFINITY)
  );
}

function fitsNumber({ minimum, maximum }: ChartSchema, number: number): boolean {
  return (
    number >= (minimum ?? Number.NEGATIVE_INFINITY) &&
    number <= (maximum ?? Number.POSITIVE_INFINITY)
  );
}

function fitsMap({ properties = {}, required = [], ...rest }: ChartSchema, map: Tree): boolean {
  const { additionalProperties: others = true, propertyNames: names = {} } = rest;
  return (
    required.every((key) => Object.hasOwn(map, key)) &&
    Object.entries(map).every(([key, node]) => {
      const schema = Object.hasOwn(properties, key) ? properties[key] : others;
      const fits = typeof schema === 'object' ? fitsSchema(schema, node) : schema === true;
      return fits && fitsSchema(names, key);
    })
  );
}

/**
 * Values with every default in place, as `valuesSchema.parse` would give them.
 * @param values that fit; not changed, but the result may share parts with them and the schema
 */
export function withDefaults(schema: ChartSchema, values: Tree): Tree {
  return fillDefaults(schema, values) as Tree;
}

/** The same for a part of the values; undefined is its default, or stays where it has none. */
export function fillDefaults(schema: ChartSchema, node: Node | undefined): Node | undefined {
  return fill(schema, node, defaultOf);
}

/**
 * The same for a part of the effective values, where every default stands already: what is absent
 * was taken away with null, and is as empty for the templates as it is here.
 */
export function fillEffective(schema: ChartSchema, node: Node | undefined): Node | undefined {
  return fill(schema, node, emptyOf);
}

type OfAbsent = (schema: ChartSchema) => Node | undefined;

function defaultOf(schema: ChartSchema): Node | undefined {
  if (schema.default !== undefined) return schema.default;
  // A section has no default of its own, its values have.
  return schema.properties && fill(schema, {}, defaultOf);
}

/** A number that is absent is left to the API server: its default says more than 0 would. */
function emptyOf(schema: ChartSchema): Node | undefined {
  const isUntyped = schema.default === undefined || schema.type === undefined;
  const empty = isUntyped ? undefined : empties.find((one) => fitsSchema(schema, one));
  return empty ?? defaultOf(schema);
}

const empties: readonly Node[] = [false, '', [], {}];

function fill(schema: ChartSchema, node: Node | undefined, ofAbsent: OfAbsent): Node | undefined {
  const { properties = {}, additionalProperties, items } = schema;
  if (node === undefined) return ofAbsent(schema);
  // Entries of lists and maps are the user's: no default stands there before.
  if (isList(node)) return items ? node.map((item) => fillDefaults(items, item) as Node) : node;
  if (!isTree(node)) return node;
  const filled: Record<string, Node> = {};
  for (const key of Object.keys(properties)) {
    const own = Object.hasOwn(node, key) ? node[key] : undefined;
    const value = fill(properties[key] ?? {}, own, ofAbsent);
    if (value !== undefined) setKey(filled, key, value);
  }
  for (const key of Object.keys(node)) {
    if (Object.hasOwn(properties, key)) continue;
    const isKnown = typeof additionalProperties === 'object';
    const value = isKnown ? fillDefaults(additionalProperties, node[key]) : node[key];
    if (value !== undefined) setKey(filled, key, value);
  }
  return filled;
}

/** One value of the chart with its documentation. */
export interface SchemaValue {
  /** From the root, such as `dispatch.redis.url`. */
  readonly path: string;
  readonly description: string;
  readonly fallback: Node;
}

/**
 * Every value of the chart, in the schema's order; what stands inside a free-form one (an entry of a
 * list …) belongs to that one.
 */
export function schemaValues(schema: ChartSchema, prefix = ''): readonly SchemaValue[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, part]) => {
    const path = prefix + key;
    const { description, default: fallback = {} } = part;
    const inner = part.default === undefined ? schemaValues(part, `${path}.`) : [];
    if (inner.length > 0) return inner;
    return description === undefined ? [] : [{ path, description, fallback }];
  });
}
