import type { WizardState } from '../../wizard/state.ts';

/** What a login program says, each line once. */
export interface LoginNews {
  readonly isFresh: (state: WizardState) => boolean;
  /** Lines to append; none where all was told. */
  readonly tell: (state: WizardState) => readonly string[];
}

/** @param printable makes what a program said safe to be written */
export function createLoginNews(printable: <T>(shown: T) => T): LoginNews {
  let told = 0;
  const fresh = ({ world: { loginWords } }: WizardState) => {
    // Another login begins with its first line.
    if (loginWords.length < told) told = 0;
    return loginWords.slice(told);
  };
  return {
    isFresh: (state) => fresh(state).length > 0,
    tell: (state) => {
      const words = fresh(state);
      const title = words.length > 0 && told === 0 ? ['Your login program says:'] : [];
      told += words.length;
      return [...title, ...printable(words).map((line) => `  ${line}`)];
    },
  };
}
