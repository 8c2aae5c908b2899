import { type RowText, rowWidth, span } from './row.ts';

const indent = ' '.repeat(10);

/** What the answer under the cursor changes in the values: ` values   replicaCount 1 → 3`. */
export function changeRows(
  changes: readonly string[],
  width: number,
  rows: number,
  ellipsis: string,
): RowText[] {
  const texts = changes.length === 0 ? ['no change'] : changes;
  const lines: RowText[] = [[span(' values   ', 'strong')]];
  texts.forEach((text, index) => {
    const line = lines.at(-1) ?? [];
    const longer = [...line, span(`${text}${index < texts.length - 1 ? '   ' : ''}`, 'muted')];
    if (rowWidth(longer) <= width + 3 || line.length === 1) lines[lines.length - 1] = longer;
    else lines.push([span(indent), span(`${text}   `, 'muted')]);
  });
  if (lines.length <= rows) return lines;
  const last = [...(lines[rows - 1] ?? []), span(ellipsis, 'muted')];
  return [...lines.slice(0, rows - 1), last];
}
