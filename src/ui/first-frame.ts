import { mapTexts, toPrintable } from '../printable.ts';
import { placeNames } from '../wizard/view/place.ts';
import type { View } from '../wizard/view.ts';
import { firstSteps } from './first-steps.ts';
import { headerRows } from './header-rows.ts';
import { createTheme, type Role, roles } from './looks.ts';
import { fitRow, type RowText, span } from './row.ts';
import { layOut } from './screen-layout.ts';
import { sizeOf } from './size.ts';

/** What the command line has said already. */
export interface FirstTarget {
  readonly title: 'install' | 'uninstall';
  readonly context: string | undefined;
  readonly namespace: string;
  readonly release: string;
}

type FirstView = View & { readonly body: { readonly kind: 'waiting'; readonly text: string } };

/** What is seen before anything is known. */
export function firstView({ title, ...target }: FirstTarget): FirstView {
  return {
    chrome: { title, place: placeNames(target), steps: firstSteps[title] },
    body: { kind: 'waiting', text: 'Looking for clusters and presets…' },
    keys: [{ key: 'ctrl-c', does: 'leave' }],
    transcript: [],
  };
}

/**
 * A first view as Ink draws it (test/frames/first-frame.test.ts holds them against each other),
 * without loading Ink: it is there before Ink could be.
 * @returns lines, without the end of the last one
 */
export function firstFrame(
  given: FirstView,
  {
    columns,
    rows,
    colors,
    unicode,
  }: {
    readonly columns: number;
    readonly rows: number;
    readonly colors: boolean;
    readonly unicode: boolean;
  },
): string[] {
  const view = mapTexts(given, (text) => toPrintable(text, unicode));
  const { symbols } = createTheme({ colors, unicode, isSpoken: false });
  const { size, header, footer, gap } = layOut(view, sizeOf(columns, rows), symbols);
  const { width } = size;
  const above = headerRows(view.chrome, width, symbols);
  const lines: RowText[] = [
    ...Array.from({ length: header }, (_, index) => above[index] ?? []),
    [span(` ${view.body.text}`)],
    ...Array.from({ length: gap }, () => []),
    ...footer,
  ];
  return lines.map((line) =>
    fitRow(line, width, symbols.ellipsis)
      .map(({ text, role }) => (colors ? style(text, role) : text))
      .join(''),
  );
}

const codes: Readonly<Record<string, readonly [number, number]>> = {
  bold: [1, 22],
  dimColor: [2, 22],
  inverse: [7, 27],
  cyan: [36, 39],
};

function style(text: string, role: Role): string {
  const names = Object.entries(roles[role]).map(([name, value]) =>
    name === 'color' ? value : name,
  );
  return names.reduce((styled, name) => {
    const [on, off] = codes[String(name)] ?? [0, 0];
    return on === 0 ? styled : `\u001b[${on}m${styled}\u001b[${off}m`;
  }, text);
}
