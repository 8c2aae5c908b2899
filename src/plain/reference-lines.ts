import type { Palette } from './palette.ts';

/** What the reference tells of a check. */
export interface CheckReference {
  readonly id: string;
  readonly category: string;
  readonly title: string;
  readonly why: string;
  readonly reads: string;
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
  { id, title, why, reads }: CheckReference,
  { strong }: Palette,
): string {
  return `${strong(`${id}  ${title}`)}\n\n${why}\n\nReads: ${reads}\n`;
}

/** `presets` as text. */
export function formatPresets(presets: readonly PresetReference[], { strong }: Palette): string {
  return presets
    .map(({ name, title, summary }) => `${strong(name.padEnd(18))}${title}. ${summary}\n`)
    .join('');
}
