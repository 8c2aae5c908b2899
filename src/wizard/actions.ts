/** What a key can do. */
export type Action =
  | 'move'
  | 'choose'
  | 'number'
  | 'back'
  | 'filter'
  | 'review'
  | 'again'
  | 'explain'
  | 'findings'
  | 'values'
  | 'advanced'
  | 'diff'
  | 'manifest'
  | 'jump'
  | 'logs'
  | 'consent'
  | 'decline'
  | 'mend'
  | 'skip'
  | 'keys'
  | 'leave';

/** Those that need no key to say what is meant. */
export type NamedAction = Exclude<Action, 'move' | 'number' | 'jump'>;
