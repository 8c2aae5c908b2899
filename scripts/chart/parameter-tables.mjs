/**
 * @typedef {import('../../src/values/schema/describe.ts').DescribedGroup} DescribedGroup
 * @typedef {import('../../src/values/schema/describe.ts').DescribedValue} DescribedValue
 */

const BEGIN = '<!-- parameters: made by `npm run generate` -->';
const END = '<!-- end of parameters -->';

/**
 * Puts the tables of the values between the markers of a README.
 *
 * @param {string} readme its present text
 * @param {readonly DescribedGroup[]} groups
 * @returns {string}
 */
export function withParameterTables(readme, groups) {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin === -1 || end < begin) throw new Error(`the README lacks ${BEGIN} … ${END}`);
  const tables = groups.map(parameterTable).join('\n\n');
  return `${readme.slice(0, begin + BEGIN.length)}\n\n${tables}\n\n${readme.slice(end)}`;
}

/** @param {DescribedGroup} group */
function parameterTable({ title, values }) {
  const rows = leaves(values).map(
    ({ path, description, fallback }) =>
      `| \`${path}\` | ${cell(description)} | \`${cell(shown(fallback))}\` |`,
  );
  return [
    `### ${title}`,
    '',
    '| Parameter | Description | Default |',
    '| --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/**
 * @param {readonly DescribedValue[]} values
 * @returns {readonly DescribedValue[]}
 */
function leaves(values) {
  return values.flatMap((value) => (value.children ? leaves(value.children) : [value]));
}

/** @param {unknown} fallback */
function shown(fallback) {
  return typeof fallback === 'string' && fallback !== '' ? fallback : JSON.stringify(fallback);
}

/** @param {string} text */
function cell(text) {
  return text.replaceAll('|', '\\|').replace(/<(\w+)>/g, '&lt;$1&gt;');
}
