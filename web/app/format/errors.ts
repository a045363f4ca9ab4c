import type { Run, RunBoard } from '../api/types.js';

/** What befell a board or a run, for people. Every class has sentences of its own, and they all stand here. */
export interface Explanation {
  /** In two words or three, for lists. */
  label: string;
  /** What happened. */
  cause: string;
  /** What the service does about it. */
  next: string;
  /** What the person can do. */
  advice: string;
}

type BoardError = NonNullable<RunBoard['error']>['class'];

const boardErrors: Record<BoardError, Explanation> = {
  auth: {
    label: 'Key refused',
    cause: 'The board refused our access key.',
    next: 'Its other postings stay out until the key is mended.',
    advice: 'Nothing to do on your side; the other boards are searched as usual.',
  },
  rate_limited: {
    label: 'Asked too often',
    cause: 'The board asked us to come back later.',
    next: 'It is asked again with your next search.',
    advice: 'Run the search again in a while.',
  },
  blocked: {
    label: 'Turned away',
    cause: 'The board turned our request away.',
    next: 'We do not go around it; the next search asks anew.',
    advice: 'Look at the board’s own site, or run the search again tomorrow.',
  },
  not_found: {
    label: 'List moved',
    cause: 'The board’s list was not where it used to be.',
    next: 'It stays out until its address is mended.',
    advice: 'Nothing to do on your side; the other boards are searched as usual.',
  },
  upstream: {
    label: 'Board’s own trouble',
    cause: 'The board has trouble of its own and answered with an error.',
    next: 'We tried three times; the next search asks anew.',
    advice: 'Run the search again in a few minutes.',
  },
  timeout: {
    label: 'Took too long',
    cause: 'The board took too long to answer.',
    next: 'We tried three times; the next search asks anew.',
    advice: 'Run the search again in a few minutes.',
  },
  network: {
    label: 'Not reached',
    cause: 'The board could not be reached.',
    next: 'We tried three times; the next search asks anew.',
    advice: 'Run the search again in a few minutes.',
  },
  bad_response: {
    label: 'No list answered',
    cause: 'The board answered with something that is not a list of postings.',
    next: 'Nothing of that answer is used.',
    advice: 'Run the search again later; if it stays so, the board has changed and we must follow.',
  },
  too_large: {
    label: 'Answer too large',
    cause: 'The board’s answer was larger than we accept.',
    next: 'Nothing of that answer is used.',
    advice: 'Nothing to do on your side; the other boards are searched as usual.',
  },
  config: {
    label: 'Not set up',
    cause: 'This board is not set up here.',
    next: 'It stays out until it is.',
    advice: 'Leave it out of the search, or ask whoever runs this site.',
  },
  cancelled: {
    label: 'Cancelled',
    cause: 'The search was cancelled before this board had answered.',
    next: 'What was found before is kept.',
    advice: 'Run the search again to ask it.',
  },
};

export const explainBoardError = (errorClass: BoardError): Explanation => boardErrors[errorClass];

export type RunError = NonNullable<Run['error']>['class'];

const runErrors: Record<Exclude<RunError, BoardError>, Explanation> = {
  all_boards_failed: {
    label: 'Every board failed',
    cause: 'None of the boards could be searched.',
    next: 'Each board below says why.',
    advice: 'Run the search again in a few minutes, or choose other boards.',
  },
  workflow_terminated: {
    label: 'Stopped by the operator',
    cause: 'The search was stopped by whoever runs this site.',
    next: 'It does not go on by itself.',
    advice: 'Run it again.',
  },
  workflow_timed_out: {
    label: 'Ran too long',
    cause: 'The search took longer than a search may.',
    next: 'It does not go on by itself; what was found is kept.',
    advice: 'Run it again, perhaps with fewer boards.',
  },
  workflow_failed: {
    label: 'Broke on our side',
    cause: 'The search broke on our side.',
    next: 'It does not go on by itself; what was found is kept.',
    advice: 'Run it again. If it breaks again, it is ours to mend.',
  },
  workflow_lost: {
    label: 'Lost on our side',
    cause: 'The search was lost on our side before it ended.',
    next: 'It does not go on by itself; what was found is kept.',
    advice: 'Run it again.',
  },
};

const runAndBoardErrors: Record<RunError, Explanation> = { ...boardErrors, ...runErrors };

export const explainRunError = (errorClass: RunError): Explanation => runAndBoardErrors[errorClass];

/** Every class that a run or one of its boards can go wrong by. */
export const errorClasses = Object.keys(runAndBoardErrors) as RunError[];

const skips: Record<NonNullable<RunBoard['skipped']>, Explanation> = {
  needs_key: {
    label: 'Needs a key',
    cause: 'This board answers only those who have a key, and this site has none.',
    next: 'It was left out; the other boards are not held up by it.',
    advice: 'Look at the board’s own site, or ask whoever runs this one for a key.',
  },
  off: {
    label: 'Off here',
    cause: 'This board is read through a service that does not run here.',
    next: 'It was left out; the other boards are not held up by it.',
    advice: 'Look at the board’s own site, or ask whoever runs this one to turn it on.',
  },
};

export const explainSkip = (reason: NonNullable<RunBoard['skipped']>): Explanation => skips[reason];
