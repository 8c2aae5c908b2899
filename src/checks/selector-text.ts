/**
 * Whether labels meet a selector as kubectl writes it: `app=x,tier in (a,b),!old`; an empty one
 * is met by all. An expression that is not understood counts as met: it is only ever asked whether
 * something could be meant.
 */
export function meetsSelector(text: string, labels: Readonly<Record<string, string>>): boolean {
  return split(text).every((expression) => {
    const set = /^(\S+) (in|notin) \(([^)]*)\)$/.exec(expression);
    if (set) {
      const [, key = '', operator, list = ''] = set;
      const value = labels[key];
      const isIn = value !== undefined && list.split(',').includes(value);
      return operator === 'in' ? isIn : !isIn;
    }
    if (expression.startsWith('!')) return labels[expression.slice(1)] === undefined;
    const equals = /^([^=]+)=(.*)$/.exec(expression);
    return equals ? labels[equals[1] ?? ''] === equals[2] : labels[expression] !== undefined;
  });
}

/** At the commas that are not in brackets. */
const split = (text: string): string[] => (text === '' ? [] : text.split(/,(?![^(]*\))/));
