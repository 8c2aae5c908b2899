/**
 * From the start of a line, erases it and all below. Erased at once from the top left of the screen,
 * tmux would move what is seen into its history (its option `scroll-on-clear`): a frame that fills the
 * screen would be there again and again. So the first line is erased on its own.
 */
export const eraseBelow = '\u001b[K\u001b[C\u001b[J\r';
