import type { LedgerBody } from '../../wizard/view.ts';
import type { Palette } from '../palette.ts';
import { findOption, optionLines } from './option-lines.ts';
import { answer, type Prompt, say } from './prompt.ts';
import { askFor, howToConsent, readConsent } from './review-prompt.ts';

/** What goes, what becomes of the data; then the consent. */
export function uninstallPrompt(body: LedgerBody, key: string, palette: Palette): Prompt {
  const { consent, options } = body;
  // Where there is no data, nothing was asked before.
  const first = options.length === 0 ? ledgerLines(body, palette) : [];
  if (body.noConsent !== undefined)
    return {
      key: `${key} old`,
      lines: ['', body.noConsent, 'look looks at the cluster again.'],
      problem: body.problem,
      ask: 'A command: ',
      isSecret: false,
      needsFreshLine: true,
      read: () => say(body.noConsent ?? ''),
    };
  return consent
    ? {
        key: `${key} consent`,
        lines: [...first, '', 'The same as a command', `  ${body.command}`, ''],
        problem: body.problem,
        ask: askFor(consent),
        isSecret: false,
        needsFreshLine: true,
        read: (line) => readConsent(consent, line.trim()) ?? say(howToConsent(consent)),
      }
    : choicePrompt(body, key, palette);
}

function choicePrompt(body: LedgerBody, key: string, palette: Palette): Prompt {
  const { options, cursor } = body;
  const start = options[cursor];
  return {
    key,
    lines: [...ledgerLines(body, palette), ...optionLines(options, '')],
    problem: body.problem,
    ask: start ? `Number [${cursor + 1}, ${start.label}]: ` : 'A command: ',
    isSecret: false,
    needsFreshLine: true,
    read: (line) => {
      const option = line.trim() === '' ? start : findOption(line.trim(), options, '');
      if (option) return answer(option.value);
      return say(
        options.length === 0
          ? 'There is nothing to choose here; ? lists what you can type'
          : `Type a number from 1 to ${options.length}, or ?`,
      );
    },
  };
}

/** As formatLedger of the command has it; what becomes of each claim is chosen only now. */
function ledgerLines(body: LedgerBody, { signs, strong }: Palette): readonly string[] {
  const { removes, claims, warnings } = body;
  return [
    '',
    strong(`${body.title} Nothing has changed yet.`),
    `  Goes: ${removes.length === 0 ? 'no objects, there is no release' : `${removes.length} objects: ${removes.join(', ')}`}`,
    claims.length === 0 ? '  Data: no claims' : '  Data',
    ...claims.map(
      ({ name, size, storageClass, owner, fate }) =>
        `    ${name}, ${size}, ${storageClass}, ${owner}, ${fate}`,
    ),
    ...warnings.map((warning) => `  ${signs.warning} ${warning}`),
  ];
}
