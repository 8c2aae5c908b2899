/**
 * Reads a duration as Go prints it: `90s`, `10m`, `1h30m`; a bare number is seconds.
 * @returns milliseconds, or undefined where it is no duration or not longer than zero
 */
export function parseDuration(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) * 1000 || undefined;
  const match = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/.exec(text);
  if (!match || text === '') return undefined;
  const [, hours = 0, minutes = 0, seconds = 0, milliseconds = 0] = match.map(Number).map(orZero);
  const total = ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds;
  return total > 0 ? total : undefined;
}

function orZero(value: number): number {
  return Number.isNaN(value) ? 0 : value;
}
