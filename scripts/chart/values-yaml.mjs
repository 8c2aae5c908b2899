import { stringify } from 'yaml';

/**
 * @typedef {import('../../src/values/schema/describe.ts').DescribedGroup} DescribedGroup
 * @typedef {import('../../src/values/schema/describe.ts').DescribedValue} DescribedValue
 */

const WIDTH = 96;

/**
 * The chart's values.yaml: each value with its default, and its description above it.
 *
 * @param {readonly DescribedGroup[]} groups
 * @returns {string}
 */
export function valuesYaml(groups) {
  const parts = [
    [
      '# Values of the XERV chart. Made from src/values/schema by `npm run generate`: change them',
      '# there. A value set to null takes the default away and leaves the choice to Kubernetes.',
    ].join('\n'),
    ...groups.map(({ title, values }) =>
      [`## ${title}`, ...values.map((value) => entry(value, ''))].join('\n\n'),
    ),
  ];
  return `${parts.join('\n\n')}\n`;
}

/**
 * @param {DescribedValue} value
 * @param {string} indent
 * @returns {string}
 */
function entry(value, indent) {
  const lines = wrap(value.description, WIDTH - indent.length - 2).map((line) => `# ${line}`);
  if (value.example !== undefined) {
    lines.push('# Example:');
    for (const line of yamlLines(value.key, value.example)) lines.push(`#   ${line}`);
  }
  if (value.children) {
    lines.push(`${value.key}:`);
    const children = value.children.map((child) => entry(child, `${indent}  `)).join('\n');
    return `${indented(lines, indent)}\n${children}`;
  }
  return indented([...lines, ...yamlLines(value.key, value.fallback)], indent);
}

/**
 * @param {string} key
 * @param {unknown} value
 */
function yamlLines(key, value) {
  // Helm reads YAML 1.1, where a plain `no` or `1_000` is not text: quote as for that.
  const text = stringify({ [key]: value }, { lineWidth: 0, version: '1.1' });
  return text.trimEnd().split('\n');
}

/**
 * @param {string[]} lines
 * @param {string} indent
 */
function indented(lines, indent) {
  return lines.map((line) => indent + line).join('\n');
}

/**
 * @param {string} text
 * @param {number} width
 * @returns {string[]}
 */
function wrap(text, width) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
