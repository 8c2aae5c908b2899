import type { Palette } from './palette.ts';
import { wrap } from './wrap.ts';

/** What the reference tells of a check. */
export interface CheckReference {
  readonly id: string;
  readonly category: string;
  readonly title: string;
  readonly why: string;
  readonly reads: string;
  /** What it takes to go on; undefined where `--yes` is enough. */
  readonly consent?: string;
}

/** What the list of presets tells of one. */
export interface PresetReference {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly needs: readonly string[];
  readonly warnings: readonly string[];
}

/** `explain` and `explain ID` as text. */
export function formatChecks(checks: readonly CheckReference[], { strong }: Palette): string {
  return checks.map(({ id, title }) => `${strong(id)}  ${title}\n`).join('');
}

export function formatCheck(
  { id, title, why, reads, consent }: CheckReference,
  { strong }: Palette,
): string {
  const paragraphs = [why, `Reads: ${reads}`];
  const text = [...paragraphs, ...(consent === undefined ? [] : [consent])]
    .map((paragraph) => wrap(paragraph, 0, 0).join('\n'))
    .join('\n\n');
  return `${strong(`${id}  ${title}`)}\n\n${text}\n`;
}

const nameWidth = 18;

/** `presets` as text. */
export function formatPresets(presets: readonly PresetReference[], { strong }: Palette): string {
  return presets
    .map(({ name, title, summary }) => {
      const lines = wrap(`${title}. ${summary}`, nameWidth, nameWidth).join('\n');
      return `${strong(name.padEnd(nameWidth))}${lines.slice(nameWidth)}\n`;
    })
    .join('');
}
