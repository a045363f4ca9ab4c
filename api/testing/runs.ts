import { randomUUID } from 'node:crypto';
import type postgres from 'postgres';
import { boards } from '../../activities/boards/registry.js';
import type { BoardName } from '../../domain/board.js';
import type { Posting } from '../../domain/posting.js';
import type { Run } from '../schemas.js';
import type { ApiClient } from './api-client.js';

// Runs without a worker: the steps that it takes are the database's functions.

const knownBoards = Object.fromEntries(
  boards.map(({ name, kind }) => [name, { kind, freshSeconds: 3_600, availability: 'ready' }]),
);

/** Starts a search over one board and gives the run back. */
export async function createRun(api: ApiClient, title: string, board: BoardName = 'remotive'): Promise<Run> {
  const answer = await api.post('/runs', { parameters: { title, boards: [board] } });
  if (answer.status !== 202) throw new Error(`the run was not accepted: ${answer.text}`);
  return answer.body.run;
}

/** The workflow begins: the run is under way. `more`: what it knows otherwise of some boards. */
export const beginRun = (sql: postgres.Sql, run: string, more: typeof knownBoards = {}) =>
  sql`select public.start_search_run(${run}, ${sql.json({ ...knownBoards, ...more })})`;

/** The board's page is read and matched. */
export const finishBoard = (sql: postgres.Sql, run: string, board: BoardName) =>
  sql`select public.finish_run_board(${run}, ${board}, 1, 0)`;

/** The workflow ends, by itself (`done`) or cancelled. */
export const endRun = (sql: postgres.Sql, run: string, end: 'done' | 'cancelled' = 'done') =>
  sql`select public.finish_search_run(${run}, ${end})`;

/** From pending to success, with what the catalogue holds. */
export async function completeRun(
  sql: postgres.Sql,
  run: string,
  board: BoardName = 'remotive',
): Promise<void> {
  await beginRun(sql, run);
  await finishBoard(sql, run, board);
  await endRun(sql, run);
}

/** A posting as a board's adapter hands it over. */
export function posting(given: Partial<Posting> & Pick<Posting, 'title'>): Posting {
  const id = given.boardPostingId ?? randomUUID();
  return {
    board: 'remotive',
    boardPostingId: id,
    url: `https://example.com/jobs/${id}`,
    company: `Company ${id}`,
    locations: ['London'],
    workMode: 'onsite',
    placeKeys: [],
    remoteKeys: [],
    identityKeys: [],
    descriptionHtml: '<p>Come and work.</p>',
    descriptionText: 'Come and work.',
    tags: [],
    attribution: { name: 'Remotive', url: 'https://remotive.com/', followLink: true },
    ...given,
  };
}

/** Puts postings into the catalogue, as one page of the source. */
export const recordPostings = (sql: postgres.Sql, source: string, postings: Posting[]) =>
  sql`select public.record_postings_page(${source}, ${sql.json(postings as unknown as postgres.JSONValue)})`;
