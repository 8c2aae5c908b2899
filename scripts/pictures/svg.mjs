/**
 * A terminal's screen as SVG: text as text, in the colours of a dark theme.
 * @param {import('@xterm/headless').Terminal} terminal
 * @param {{title: string, first?: number, lines?: number, steady?: (line: string) => string}} options
 *   title: for those who cannot see it; first, lines: which of the screen's; steady: puts something
 *   of the same length in the place of what differs in each run
 * @returns {string}
 */
export function toSvg(
  terminal,
  { title, first = 0, lines = terminal.rows - first, steady = (line) => line },
) {
  const { active } = terminal.buffer;
  const rows = Array.from({ length: lines }, (_, index) =>
    runsOf(active.getLine(active.baseY + first + index), terminal.cols, steady),
  );
  while (rows.at(-1)?.length === 0) rows.pop();
  const width = terminal.cols * cell.width + 2 * margin;
  const height = rows.length * cell.height + 2 * margin;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(title)}">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="100%" height="100%" rx="8" fill="${theme.background}"/>`,
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${fontSize}" xml:space="preserve">`,
    ...rows.flatMap((runs, row) => runs.flatMap((run) => drawRun(run, row))),
    '</g>',
    '</svg>',
  ].join('\n')}\n`;
}

const cell = { width: 8.4, height: 19 };
const fontSize = 14;
const margin = 14;
const theme = {
  background: '#16181d',
  foreground: '#d7dae0',
  /** The first sixteen, as terminals number them. */
  palette: [
    '#3b4048',
    '#f07178',
    '#8ecf7c',
    '#e6c07b',
    '#6cb6ff',
    '#d2a8ff',
    '#56d4dd',
    '#d7dae0',
    '#7d8590',
    '#ff8b92',
    '#a9e39a',
    '#ffd68a',
    '#8dc8ff',
    '#e2c5ff',
    '#7ee7ee',
    '#ffffff',
  ],
};

/**
 * @typedef {{text: string, column: number, color: string, bold: boolean, dim: boolean, inverse: boolean}} Run
 * Neighbouring characters that look alike.
 */

/**
 * @param {import('@xterm/headless').IBufferLine | undefined} line
 * @param {number} columns
 * @param {(line: string) => string} steady
 * @returns {Run[]}
 */
function runsOf(line, columns, steady) {
  /** @type {Run[]} */
  const runs = [];
  const cells = Array.from({ length: columns }, (_, column) => ({
    at: line?.getCell(column),
    column,
  })).filter(({ at }) => at && at.getWidth() > 0);
  const characters = Array.from(steady(cells.map(({ at }) => at?.getChars() || ' ').join('')));
  for (const [index, { at, column }] of cells.entries()) {
    if (!at) continue;
    const run = {
      text: characters[index] ?? ' ',
      column,
      color: colorOf(at),
      bold: at.isBold() !== 0,
      dim: at.isDim() !== 0,
      inverse: at.isInverse() !== 0,
    };
    const last = runs.at(-1);
    if (last && looksAlike(last, run)) last.text += run.text;
    else runs.push(run);
  }
  return runs
    .map((run) => (run.inverse ? run : { ...run, text: run.text.trimEnd() }))
    .filter(({ text }) => text !== '');
}

/** @param {import('@xterm/headless').IBufferCell} at */
function colorOf(at) {
  if (at.isFgRGB()) return `#${at.getFgColor().toString(16).padStart(6, '0')}`;
  if (at.isFgPalette()) return theme.palette[at.getFgColor()] ?? theme.foreground;
  return theme.foreground;
}

/**
 * @param {Run} one
 * @param {Run} other
 */
function looksAlike(one, other) {
  return (
    one.color === other.color &&
    one.bold === other.bold &&
    one.dim === other.dim &&
    one.inverse === other.inverse
  );
}

/**
 * @param {Run} run
 * @param {number} row
 */
function drawRun({ text, column, color, bold, dim, inverse }, row) {
  // Each run begins at its own column: fonts differ in width.
  const start = text.length - text.trimStart().length;
  const x = round(margin + (column + (inverse ? 0 : start)) * cell.width);
  const y = margin + row * cell.height + 14;
  const columns = Array.from(inverse ? text : text.trimStart()).length;
  const length = round(columns * cell.width);
  const style = `${bold ? ' font-weight="bold"' : ''}${dim ? ' opacity="0.6"' : ''}`;
  const fill = inverse ? theme.background : color;
  const drawn = `<text x="${x}" y="${y}" fill="${fill}" textLength="${length}"${style}>${escapeXml(inverse ? text : text.trimStart())}</text>`;
  if (!inverse) return [drawn];
  const box = `<rect x="${x}" y="${y - 14}" width="${length}" height="${cell.height}" fill="${color}"/>`;
  return [box, drawn];
}

/** @param {number} number */
function round(number) {
  return Math.round(number * 10) / 10;
}

/** @param {string} text */
function escapeXml(text) {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
