import type { LedgerBody } from '../wizard/view.ts';
import { allot } from './allot.ts';
import { labelColumn, labelled } from './labelled.ts';
import type { Symbols } from './looks.ts';
import { type RowText, span } from './row.ts';
import { pad, widthOf } from './text.ts';
import { wrap } from './wrap.ts';

/**
 * ```
 *  Remove xerv from prod-eu, namespace xerv?
 *
 *  Goes        14 objects: StatefulSet xerv, Service xerv, …
 *  Data        3 claims
 *    data-xerv-0   50Gi  fast-ssd   erased if you delete the data
 *
 *  The same    create-xerv-deploy uninstall -n xerv
 * ```
 */
export function ledgerRows(
  { title, removes, claims, warnings, command }: LedgerBody,
  width: number,
  rows: number,
  { ellipsis, warning }: Symbols,
): RowText[] {
  const many = { width, rows: 3, ellipsis };
  const goes = labelled('Goes', goesText(removes), many);
  const data = labelled('Data', dataText(claims.length), many);
  const table = claimRows(claims, width);
  const warned = warnings.flatMap((text) =>
    wrap(text, width - 4, 2, ellipsis).map(
      (line, index): RowText => [span(index === 0 ? ` ${warning} ` : '   ', 'warn'), span(line)],
    ),
  );
  const same = labelled('The same', command, many);
  const parts = allot(rows, [
    ['title', 1],
    ['goes', 1],
    ['data', 1],
    ['claims', Math.min(3, table.length)],
    ['warnings', Math.min(2, warned.length)],
    ['claims', table.length - Math.min(3, table.length)],
    ['same', same.length],
    ['gap', 1],
    ['goes', goes.length - 1],
    ['warnings', warned.length - Math.min(2, warned.length)],
    ['gap', 1],
  ]);
  return [
    ...[[span(` ${title}`, 'strong')]].slice(0, parts.title),
    ...(parts.gap > 0 ? [[]] : []),
    ...labelled('Goes', goesText(removes), { ...many, rows: parts.goes }),
    ...data.slice(0, parts.data),
    ...withMore(table, parts.claims, ellipsis),
    ...withMore(warned, parts.warnings, ellipsis),
    ...(parts.gap > 1 && parts.same > 0 ? [[]] : []),
    ...labelled('The same', command, { ...many, rows: parts.same }),
  ];
}

function goesText(removes: readonly string[]): string {
  if (removes.length === 0) return 'no objects: there is no release';
  return `${removes.length} ${removes.length === 1 ? 'object' : 'objects'}: ${removes.join(', ')}`;
}

function dataText(claims: number): string {
  return claims === 0 ? 'no claims' : `${claims} ${claims === 1 ? 'claim' : 'claims'}`;
}

/** Who made a claim is left out where it has no room: what becomes of it is what counts. */
function claimRows(claims: LedgerBody['claims'], width: number): RowText[] {
  const widest = (of: (claim: LedgerBody['claims'][number]) => string) =>
    Math.max(0, ...claims.map((claim) => widthOf(of(claim))));
  const names = widest(({ name }) => name);
  const sizes = widest(({ size }) => size);
  const classes = widest(({ storageClass }) => storageClass);
  const rest = widest(({ fate, owner }) => `  ${fate}  ${owner}`);
  const hasRoom = 3 + names + 2 + sizes + 2 + classes + rest <= width;
  return claims.map(({ name, size, storageClass, owner, fate }) => [
    span(`   ${pad(name, names)}  ${pad(size, sizes)}  ${pad(storageClass, classes)}`),
    span(`  ${fate}`),
    ...(hasRoom ? [span(`  ${owner}`, 'muted')] : []),
  ]);
}

function withMore(lines: readonly RowText[], rows: number, ellipsis: string): RowText[] {
  if (lines.length <= rows) return [...lines];
  if (rows <= 0) return [];
  const text = `${' '.repeat(labelColumn - 10)}${ellipsis} ${lines.length - rows + 1} more`;
  return [...lines.slice(0, rows - 1), [span(text, 'muted')]];
}
