import type { FlagGroup } from './command-table.ts';

/** One flag: the source of parsing, help, the README's table and the environment's variables. */
export interface Flag {
  /** Without the dashes. */
  readonly name: string;
  readonly short?: string;
  /** `list` may be given several times. */
  readonly kind: 'boolean' | 'text' | 'list';
  /** What stands for the value in help. */
  readonly placeholder?: string;
  readonly choices?: readonly string[];
  readonly help: string;
  readonly group: FlagGroup;
  /** What it is about, within a large group. */
  readonly heading?: string;
  /** Whether `--no-NAME` says something that leaving the flag out does not. */
  readonly hasOpposite?: true;
}
