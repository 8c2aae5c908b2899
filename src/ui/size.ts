/** How much room a screen has, and how it is used. */
export interface Size {
  /** Columns of the frame. */
  readonly width: number;
  /** Lines of the frame at most: one less than the terminal has, or its scrollback would be lost. */
  readonly height: number;
  /** Whether findings and values stand beside the question. */
  readonly isWide: boolean;
  /** Whether there is room for the question and its keys only. */
  readonly isSmall: boolean;
}

/** Beyond this the terminal would reflow full lines when it is made narrower. */
const columnWidth = 76;
const wideFrom = 101;
const wideWidth = 132;

/** The frame's size in a terminal of so many columns and rows. */
export function sizeOf(columns: number, rows: number): Size {
  const isWide = columns >= wideFrom;
  return {
    width: Math.max(1, isWide ? Math.min(columns - 1, wideWidth) : Math.min(columns, columnWidth)),
    height: Math.max(1, rows - 1),
    isWide,
    isSmall: columns < 60 || rows < 18,
  };
}
