import { fstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseInvocation } from './cli/parse.ts';
import { detectTerminal } from './cli/terminal.ts';
import type { OfflineData } from './offline-data.ts';
import { createPalette } from './plain/palette.ts';
import { formatCheck, formatChecks, formatPresets } from './plain/reference-lines.ts';
import { withoutGlyphs } from './printable.ts';

/**
 * What `explain` and `presets` print, from what the build wrote down. A process that loads the whole
 * program takes three times as long as Node itself; this one hardly longer than Node.
 * @param packageRoot where `dist/` lies
 * @returns undefined where the whole program has to answer: other commands, whatever is wrong
 */
export function answerOffline(
  { argv, env, platform }: Pick<NodeJS.Process, 'argv' | 'env' | 'platform'>,
  packageRoot: string,
): string | undefined {
  const { command, operands, flags, problems } = parseInvocation(argv.slice(2), env);
  const answer = answers[command];
  if (!answer || problems.length > 0) return undefined;
  const streams = { stdin: {}, stdout: { isTTY: isTerminal(1) }, env, platform };
  const terminal = detectTerminal(streams, flags);
  const isJson = flags.text('output') === 'json';
  const data = readFileSync(join(packageRoot, 'dist/texts.json'), 'utf8');
  const text = answer(JSON.parse(data) as OfflineData, {
    name: operands[0],
    isJson,
    palette: createPalette(terminal),
  });
  return text === undefined || isJson || terminal.unicode ? text : withoutGlyphs(text);
}

/** Without node:tty, which takes longer to load than all this. /dev/null counts as one: it is deaf. */
function isTerminal(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice();
  } catch {
    return false;
  }
}

interface Asked {
  readonly name: string | undefined;
  readonly isJson: boolean;
  readonly palette: ReturnType<typeof createPalette>;
}

type Answer = (data: OfflineData, asked: Asked) => string | undefined;

const answers: Readonly<Record<string, Answer>> = {
  explain: ({ checks }, { name, isJson, palette }) => {
    if (name === undefined) return isJson ? toLine(checks) : formatChecks(checks, palette);
    const check = checks.find(({ id }) => id === name.toUpperCase());
    if (!check) return undefined;
    return isJson ? toLine(check) : formatCheck(check, palette);
  },
  presets: ({ presets, presetTexts }, { name, isJson, palette }) => {
    if (name === undefined) return isJson ? toLine(presets) : formatPresets(presets, palette);
    // As JSON, the values are parsed: the whole program does that.
    return isJson || !Object.hasOwn(presetTexts, name) ? undefined : presetTexts[name];
  },
};

const toLine = (data: unknown) => `${JSON.stringify(data)}\n`;
