const CHANGES = '  artifacthub.io/changes: |\n';

/**
 * Chart.yaml with the icon as a data URI and with what the changelog says of the chart.
 *
 * @param {string} chartYaml its present text, whose last entry is the changes
 * @param {string} icon SVG
 * @param {string} changelog Markdown
 * @returns {string}
 */
export function withChartMetadata(chartYaml, icon, changelog) {
  const begin = chartYaml.indexOf(CHANGES);
  if (begin === -1) throw new Error(`Chart.yaml does not end with ${CHANGES.trim()}`);
  const uri = `data:image/svg+xml;base64,${Buffer.from(icon.trim()).toString('base64')}`;
  const changes = chartChanges(changelog).map(
    (change) => `    - kind: changed\n      description: ${JSON.stringify(change)}\n`,
  );
  return `${chartYaml.slice(0, begin).replace(/^icon: .*$/m, `icon: ${uri}`)}${CHANGES}${changes.join('')}`;
}

/**
 * The entries of the newest version that begin with the chart, presets or companions, each in one line of plain text.
 *
 * @param {string} changelog
 * @returns {readonly string[]}
 */
export function chartChanges(changelog) {
  const newest = changelog.split(/^## /m)[1] ?? '';
  return newest
    .split(/^- /m)
    .slice(1)
    .map((entry) => entry.split(/\n(?=\S)/)[0] ?? '')
    .map((entry) => entry.replace(/\s+/g, ' ').replace(/[`*]/g, '').trim())
    .filter((entry) => /^(the )?(chart|presets?|companions?)\b/i.test(entry));
}
