/** Terminals that know these show what is written between them at once. */
export const beginUpdate = '\u001b[?2026h';
export const endUpdate = '\u001b[?2026l';
