/** How somebody lays out YAML, so that what is written back looks like what was read. */
export interface DocumentStyle {
  /** Spaces that a map stands deeper than its key. */
  readonly indent: number;
  /** Whether a list stands deeper than its key. */
  readonly indentSeq: boolean;
  /** Whether blanks stand inside brackets: `{ a: 1 }`. */
  readonly flowCollectionPadding: boolean;
  readonly lineBreak: '\n' | '\r\n';
}

export const defaultStyle: DocumentStyle = {
  indent: 2,
  indentSeq: true,
  flowCollectionPadding: true,
  lineBreak: '\n',
};

/** The style of a text, told by the first place that shows it. */
export function detectStyle(text: string): DocumentStyle {
  const map = /^( *)[^\s#-][^\n]*:[ \t]*(?:#[^\n]*)?\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*( *)[^\s#-]/m;
  const list = /^( *)[^\s#-][^\n]*:[ \t]*(?:#[^\n]*)?\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*( *)- /m;
  const indent = depth(map.exec(text));
  const listIndent = depth(list.exec(text));
  return {
    indent: indent !== undefined && indent >= 2 && indent <= 8 ? indent : defaultStyle.indent,
    indentSeq: listIndent === undefined ? defaultStyle.indentSeq : listIndent > 0,
    flowCollectionPadding: !/[:,[{-] *[{[][^\s\]}]/.test(text),
    lineBreak: /\r\n/.test(text) ? '\r\n' : '\n',
  };
}

function depth(match: RegExpExecArray | null): number | undefined {
  return match === null ? undefined : (match[2] ?? '').length - (match[1] ?? '').length;
}
