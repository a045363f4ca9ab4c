import type { Run, RunBoard } from '../api/types.js';

export interface Explanation {
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
    cause: 'The board refused our access key.',
    next: 'Its other postings stay out until the key is mended.',
    advice: 'Nothing to do on your side; the other boards are searched as usual.',
  },
  rate_limited: {
    cause: 'The board asked us to come back later.',
    next: 'It is asked again with your next search.',
    advice: 'Run the search again in a while.',
  },
  blocked: {
    cause: 'The board turned our request away.',
    next: 'We do not go around it; the next search asks anew.',
    advice: 'Look at the board’s own site, or run the search again tomorrow.',
  },
  not_found: {
    cause: 'The board’s list was not where it used to be.',
    next: 'It stays out until its address is mended.',
    advice: 'Nothing to do on your side; the other boards are searched as usual.',
  },
  upstream: {
    cause: 'The board has trouble of its own and answered with an error.',
    next: 'We tried three times; the next search asks anew.',
    advice: 'Run the search again in a few minutes.',
  },
  timeout: {
    cause: 'The board took too long to answer.',
    next: 'We tried three times; the next search asks anew.',
    advice: 'Run the search again in a few minutes.',
  },
  network: {
    cause: 'The board could not be reached.',
    next: 'We tried three times; the next search asks anew.',
    advice: 'Run the search again in a few minutes.',
  },
  bad_response: {
    cause: 'The board answered with something that is not a list of postings.',
    next: 'Nothing of that answer is used.',
    advice: 'Run the search again later; if it stays so, the board has changed and we must follow.',
  },
  too_large: {
    cause: 'The board’s answer was larger than we accept.',
    next: 'Nothing of that answer is used.',
    advice: 'Nothing to do on your side; the other boards are searched as usual.',
  },
  config: {
    cause: 'This board is not set up here.',
    next: 'It stays out until it is.',
    advice: 'Leave it out of the search, or ask whoever runs this site.',
  },
  cancelled: {
    cause: 'The search was cancelled before this board had answered.',
    next: 'What was found before is kept.',
    advice: 'Run the search again to ask it.',
  },
};

export const explainBoardError = (errorClass: BoardError): Explanation => boardErrors[errorClass];

type RunError = NonNullable<Run['error']>['class'];

const runErrors: Partial<Record<RunError, Explanation>> = {
  all_boards_failed: {
    cause: 'None of the boards could be searched.',
    next: 'Each board below says why.',
    advice: 'Run the search again in a few minutes, or choose other boards.',
  },
  workflow_terminated: {
    cause: 'The search was stopped by whoever runs this site.',
    next: 'It does not go on by itself.',
    advice: 'Run it again.',
  },
  workflow_timed_out: {
    cause: 'The search took longer than a search may.',
    next: 'It does not go on by itself; what was found is kept.',
    advice: 'Run it again, perhaps with fewer boards.',
  },
  workflow_failed: {
    cause: 'The search broke on our side.',
    next: 'It does not go on by itself; what was found is kept.',
    advice: 'Run it again. If it breaks again, it is ours to mend.',
  },
  workflow_lost: {
    cause: 'The search was lost on our side before it ended.',
    next: 'It does not go on by itself; what was found is kept.',
    advice: 'Run it again.',
  },
};

export function explainRunError(errorClass: RunError): Explanation {
  const explained = runErrors[errorClass] ?? boardErrors[errorClass as BoardError];
  return explained ?? (runErrors.workflow_failed as Explanation);
}
