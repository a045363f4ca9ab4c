import { Context } from '@temporalio/activity';
import { z } from 'zod';
import type { BoardName } from '../domain/board.js';
import type { BoardErrorClass } from '../domain/board-errors.js';
import type { Posting } from '../domain/posting.js';
import { toFailure } from './board-failure.js';
import { countingRequests, type ObserveRequest } from './board-requests.js';
import type { TermsOf } from './board-terms.js';
import { BoardError, type BoardSettings, type FetchJson } from './boards/board.js';
import { boardByName } from './boards/registry.js';
import { heartbeating } from './heartbeat.js';
import type { Rpc } from './rpc.js';

export interface Company {
  board: BoardName;
  token: string;
}

export interface CheckCompanyDependencies {
  rpc: Rpc;
  fetchJson: FetchJson;
  observeRequest: ObserveRequest;
  boardSettings: BoardSettings;
  termsOf: TermsOf;
  /** A longer `Retry-After` than this ends the check instead of waiting within it, in seconds. */
  maxRetryAfterSeconds: number;
}

export type CheckCompanyActivities = ReturnType<typeof createCheckCompanyActivities>;

/** Asks a board whether it has a company. Runs on the board's own task queue, under its rate limit. */
export function createCheckCompanyActivities(deps: CheckCompanyDependencies) {
  const { boardSettings: settings, termsOf, maxRetryAfterSeconds } = deps;
  return {
    /**
     * Reads the first page of the company's postings.
     * @returns the company's name as the board tells it, `null` where it does not.
     */
    async checkCompany({ board: boardName, token }: Company) {
      const board = boardByName(boardName);
      const { cancellationSignal: signal } = Context.current();
      const { postings, skipped } = await heartbeating(
        () => undefined,
        () =>
          countingRequests({ ...deps, board: boardName }, (fetchJson) =>
            board.fetchPage({ fetchJson, cursor: null, company: { token, name: token }, settings, signal }),
          ),
      ).catch((error) => {
        throw toFailure(error, maxRetryAfterSeconds);
      });
      if (board.careers?.unknownIsEmpty && postings.length + skipped === 0) {
        const message = `${board.label} has no postings of “${token}”`;
        throw toFailure(new BoardError('not_found', message), maxRetryAfterSeconds);
      }
      return { name: nameIn(postings, token), freshSeconds: termsOf(boardName).freshSeconds };
    },
  };
}

/** The name that most of the postings tell: a company's board may hold some of its daughters. */
function nameIn(postings: readonly Posting[], token: string): string | null {
  const times = new Map<string, number>();
  for (const { company } of postings) times.set(company, (times.get(company) ?? 0) + 1);
  const [most] = [...times].sort(([, a], [, b]) => b - a);
  // An adapter that is not told a name gives back the one that it was called with.
  return most && most[0] !== token ? most[0] : null;
}

export type CompanyOutcomeActivities = ReturnType<typeof createCompanyOutcomeActivities>;

/** Writes down how a check ended. */
export function createCompanyOutcomeActivities({ rpc }: { rpc: Rpc }) {
  return {
    async finishCompanyCheck(
      outcome: Company &
        (
          | { state: 'open'; name: string | null }
          | { state: 'not_found' | 'failed'; errorClass: BoardErrorClass; message: string }
        ),
    ): Promise<void> {
      const { board, token, state } = outcome;
      await rpc(
        'finish_company_check',
        {
          p_board: board,
          p_token: token,
          p_state: state,
          ...(outcome.state === 'open'
            ? { p_name: outcome.name }
            : { p_class: outcome.errorClass, p_message: outcome.message }),
        },
        z.null(),
      );
    },
  };
}
