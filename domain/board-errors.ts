// Workflows import this, and evaluate whatever it imports for each execution: it imports nothing.

/** What went wrong with a board, told apart by what mends it. Stored with a run's board and shown to people. */
export const boardErrorClasses = [
  'auth',
  'rate_limited',
  'blocked',
  'not_found',
  'upstream',
  'timeout',
  'network',
  'bad_response',
  'too_large',
  'config',
  'cancelled',
] as const;
export type BoardErrorClass = (typeof boardErrorClasses)[number];

/** Classes that another attempt cannot mend: the activity fails at once instead of using up its attempts. */
export const nonRetryableBoardErrors: readonly BoardErrorClass[] = [
  'auth',
  'blocked',
  'not_found',
  'bad_response',
  'too_large',
  'config',
  'cancelled',
];
