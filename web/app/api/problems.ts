import { duration } from '../format/time.js';
import type { Problem } from './types.js';

export const apiDown: Problem = {
  type: '/problems/service-unavailable',
  title: 'The search service cannot be reached',
  status: 503,
};

/** A body from anywhere, as a problem: the API's own where it is one, else by its status alone. */
export function toProblem(body: unknown, status: number, retryAfter: string | null = null): Problem {
  const given = typeof body === 'object' && body !== null ? (body as Partial<Problem>) : {};
  const seconds = retryAfter === null ? given.retryAfterSeconds : Number.parseInt(retryAfter, 10);
  return {
    type: typeof given.type === 'string' ? given.type : 'about:blank',
    title: typeof given.title === 'string' ? given.title : 'Something went wrong',
    status,
    detail: typeof given.detail === 'string' ? given.detail : undefined,
    runStatus: given.runStatus,
    errors: Array.isArray(given.errors) ? given.errors : undefined,
    retryAfterSeconds: Number.isFinite(seconds) ? seconds : undefined,
  };
}

/** What a person is told: what happened and what they can do about it. */
export function problemSentence(problem: Problem): string {
  const wait =
    problem.retryAfterSeconds === undefined
      ? 'a little later'
      : `in ${duration(Math.max(1, problem.retryAfterSeconds) * 1000)}`;
  switch (problem.type.replace(/^.*\/problems\//, '')) {
    case 'unauthorized':
      return 'Your session has ended. Sign in again to go on.';
    case 'forbidden':
      return 'Your account is not allowed to do this.';
    case 'not-found':
      return 'This is not here any more, or it never was.';
    case 'conflict':
      return 'This has changed in the meantime. Reload the page to see how it stands now.';
    case 'too-many-active-runs':
      return 'You have as many searches under way as an account may have at once. Wait for one to finish, or cancel one, then try again.';
    case 'too-many-jobs':
      return `${problem.detail ?? 'You have marked as many jobs as an account may have.'} Take some off your lists to make room.`;
    case 'too-many-hidden-terms':
      return `${problem.detail ?? 'You hide as many as an account may.'} Show some again to make room.`;
    case 'too-many-checks':
      return `${problem.detail ?? 'That were too many new companies in an hour.'} Try again ${wait}.`;
    case 'rate-limited':
      return `That was too many requests in a short time. Try again ${wait}.`;
    case 'payload-too-large':
      return 'That is more text than a search can hold. Shorten it and try again.';
    case 'wrong-credentials':
      return 'This address and password do not belong together. Check both and try again.';
    case 'service-unavailable':
      return `The search service cannot be reached at the moment. Nothing you saved is lost. Try again ${wait}.`;
    case 'invalid-request':
      return problem.detail
        ? `The service did not accept this: ${problem.detail}`
        : 'The service did not accept this. Check what you entered.';
    default:
      return problem.detail ?? 'Something went wrong on our side. Try again in a moment.';
  }
}
