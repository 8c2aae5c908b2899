/** Functions whose value has one element, whatever they are given. */
const single = new Set(['scalar', 'vector', 'time', 'absent', 'absent_over_time', 'pi']);
/** Functions that keep as many elements as their first argument that is a vector has. */
const keeping =
  /^(abs|ceil|clamp|clamp_max|clamp_min|deriv|exp|floor|ln|log10|log2|round|sgn|sqrt|sort|sort_desc)$/;
const aggregations = /^(sum|min|max|avg|count|group|stddev|stdvar|quantile)$/;

/**
 * Whether a PromQL query seems to give one number and not a series for each pod. KEDA takes the
 * first only, and refuses several. A guess from the outermost form of the query: aggregations
 * without labels to group by, functions of them, and arithmetic between them.
 */
export function givesOneNumber(query: string): boolean {
  const operands = split(blank(query));
  return operands.length > 0 && operands.every(isSingle);
}

/** The query without what stands in quotes, braces and brackets, where anything may stand. */
function blank(query: string): string {
  return query
    .replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/g, '')
    .replace(/\{[^}]*\}/g, '')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/\b(?:on|ignoring|group_left|group_right)\s*\([^)]*\)/g, ' ')
    .trim();
}

/** Operands of the outermost operators. */
function split(query: string): string[] {
  const operands = [''];
  let depth = 0;
  for (const part of query.match(/\b(?:or|and|unless|bool)\b|[\w.:]+|==|!=|>=|<=|[^\w\s]|\s+/g) ??
    []) {
    if (part === '(') depth += 1;
    if (part === ')') depth -= 1;
    const isOperator = /^(?:or|and|unless|bool|==|!=|>=|<=|[-+*/%^<>])$/.test(part);
    if (depth === 0 && isOperator) operands.push('');
    else operands[operands.length - 1] += part;
  }
  return operands.map((one) => one.trim()).filter((one) => one !== '');
}

function isSingle(operand: string): boolean {
  if (/^[\d.]+(?:e\d+)?$/i.test(operand)) return true;
  const [, name = '', rest = ''] = /^([a-z_][\w]*)?\s*(\(.*)$/is.exec(operand) ?? [];
  if (!rest.endsWith(')')) return false;
  const inner = rest.slice(1, -1);
  if (name === '') return split(inner).every(isSingle);
  if (single.has(name.toLowerCase())) return true;
  // `sum(x) by (pod)` ends in the labels, and is no call whose last bracket closes the first.
  if (aggregations.test(name.toLowerCase())) return closesAtEnd(rest);
  if (!keeping.test(name.toLowerCase())) return false;
  return split(inner.split(',')[0] ?? '').every(isSingle);
}

function closesAtEnd(text: string): boolean {
  let depth = 0;
  for (const [index, sign] of [...text].entries()) {
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (depth === 0) return index === text.length - 1;
  }
  return false;
}
