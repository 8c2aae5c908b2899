/** Questions on a terminal. `@inquirer/*` is loaded when the first one is asked. */
export interface Ask {
  readonly confirm: (message: string) => Promise<boolean>;
  readonly choose: <T extends string>(
    message: string,
    choices: readonly { readonly value: T; readonly name: string }[],
  ) => Promise<T>;
  /** Asks for a word to be typed; true where it is exactly the expected one. */
  readonly typed: (message: string, expected: string) => Promise<boolean>;
}

/** Thrown where somebody ends a question with Ctrl+C. */
export class AskCancelled extends Error {}

/**
 * @param signal ends an open question with AskCancelled
 */
export function createAsk(signal: AbortSignal): Ask {
  const asking = async <T>(question: () => Promise<T>): Promise<T> => {
    try {
      return await question();
    } catch (error) {
      const name = error instanceof Error ? error.name : '';
      if (name === 'ExitPromptError' || name === 'AbortPromptError') throw new AskCancelled();
      throw error;
    }
  };
  return {
    confirm: (message) =>
      asking(async () => {
        const { default: confirm } = await import('@inquirer/confirm');
        return confirm({ message, default: false }, { signal });
      }),
    choose: (message, choices) =>
      asking(async () => {
        const { default: select } = await import('@inquirer/select');
        return select({ message, choices: choices.map((choice) => ({ ...choice })) }, { signal });
      }),
    typed: (message, expected) =>
      asking(async () => {
        const { default: input } = await import('@inquirer/input');
        return (await input({ message }, { signal })).trim() === expected;
      }),
  };
}
