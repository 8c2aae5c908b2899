/**
 * @typedef {Record<string, any>} JsonSchema
 */

/**
 * Turns what zod makes into a schema whose errors helm's users can read: a choice of plain
 * types is `type: [a, b]` (helm says of an `anyOf` only that nothing matched), and what says
 * nothing is left out.
 *
 * @param {JsonSchema} schema draft-07, as `toJSONSchema` gives it with `io: 'input'`
 * @returns {JsonSchema}
 */
export function simplifySchema(schema) {
  /** @type {JsonSchema} */
  const simple = {};
  for (const [key, part] of Object.entries(schema)) {
    if (key === 'example') simple.examples = [part];
    else if (key === 'anyOf') Object.assign(simple, mergeTypes(part));
    else if (key === 'properties') {
      const properties = Object.entries(part).map(([name, inner]) => [name, simplifySchema(inner)]);
      if (properties.length > 0) simple[key] = Object.fromEntries(properties);
    } else if (key === 'items' || (key === 'additionalProperties' && typeof part === 'object')) {
      const inner = simplifySchema(part);
      if (Object.keys(inner).length > 0) simple[key] = inner;
    } else if (!saysNothing(key, part, schema)) simple[key] = part;
  }
  return simple;
}

/**
 * @param {string} key
 * @param {unknown} part
 * @param {JsonSchema} schema
 */
function saysNothing(key, part, schema) {
  // The bounds that zod gives every integer.
  if (key === 'minimum' || key === 'maximum')
    return Math.abs(Number(part)) === Number.MAX_SAFE_INTEGER;
  // That the keys of a map are strings.
  if (key === 'propertyNames') return JSON.stringify(part) === '{"type":"string"}';
  // A section has no default of its own: its values have.
  const isSection = Object.keys(schema.properties ?? {}).length > 0;
  return key === 'default' && isSection && JSON.stringify(part) === '{}';
}

/**
 * `pattern` speaks of strings only and `minimum` of numbers only, so members of different
 * types can share one schema without changing what is accepted.
 *
 * @param {JsonSchema[]} members
 * @returns {JsonSchema}
 */
function mergeTypes(members) {
  const plain = members.map(simplifySchema);
  const types = plain.map(({ type }) => type);
  if (types.some((type) => typeof type !== 'string') || new Set(types).size < types.length)
    throw new TypeError(`not a choice of plain types: ${JSON.stringify(members)}`);
  return Object.assign({}, ...plain, { type: types });
}
