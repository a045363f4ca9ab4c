import type { RunStatus } from '../domain/run.js';

/** The stable names of everything that the API can refuse, with the status and the title of each. */
export const problems = {
  'invalid-request': { status: 400, title: 'The request is not right' },
  unauthorized: { status: 401, title: 'Sign in first' },
  'wrong-credentials': { status: 401, title: 'The address or the password is wrong' },
  forbidden: { status: 403, title: 'This is not allowed' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'not-acceptable': { status: 406, title: 'The answer has no form that was asked for' },
  conflict: { status: 409, title: 'This does not fit the state that it is in' },
  'too-many-companies': { status: 409, title: 'Too many companies' },
  'too-many-jobs': { status: 409, title: 'Too many marked jobs' },
  'too-many-hidden-terms': { status: 409, title: 'Too many hidden companies or words' },
  'payload-too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'The request must be JSON' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  'too-many-active-runs': { status: 429, title: 'Too many searches at once' },
  'too-many-runs': { status: 429, title: 'Too many searches this hour' },
  'too-many-checks': { status: 429, title: 'Too many new companies this hour' },
  internal: { status: 500, title: 'The service failed' },
  'service-unavailable': { status: 503, title: 'The service is not available' },
} as const;
export type ProblemName = keyof typeof problems;

export interface FieldError {
  /** RFC 6901, into the request's body, or `query/<name>`. */
  pointer: string;
  detail: string;
}

/** Thrown anywhere in a request; answered as RFC 9457 problem+json. */
export class Problem extends Error {
  override name = 'Problem';
  constructor(
    readonly problem: ProblemName,
    readonly detail?: string,
    readonly more: {
      errors?: FieldError[];
      retryAfterSeconds?: number;
      runStatus?: RunStatus;
      cause?: unknown;
    } = {},
  ) {
    super(detail ?? problems[problem].title, { cause: more.cause });
  }

  toJSON() {
    const { status, title } = problems[this.problem];
    return {
      type: `/problems/${this.problem}`,
      title,
      status,
      ...(this.detail && { detail: this.detail }),
      ...(this.more.runStatus && { runStatus: this.more.runStatus }),
      ...(this.more.errors && { errors: this.more.errors }),
    };
  }
}
