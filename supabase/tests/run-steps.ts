import type postgres from 'postgres';
import type { BoardKind } from '../../domain/board.js';
import { asPerson, knownBoards, readRun } from './fixtures.js';

/** One step's answer, as the worker gets it. */
async function answer(statement: Promise<readonly Record<string, unknown>[]>) {
  return (await statement)[0]?.answer;
}

export type RunSteps = ReturnType<typeof runSteps>;

/** The steps of a run's life, by the database's functions. */
export function runSteps(sql: postgres.Sql) {
  const boardsOf = (run: string) => sql`
    select board, state, sources_total as total, sources_done as done, sources_failed as failed, found, new,
      error_class, error_message, skipped_because
    from search_run_boards where run_id = ${run} order by board`;
  return {
    start: (run: string, boards: object = knownBoards) =>
      answer(sql`select start_search_run(${run}, ${sql.json(boards as never)}) as answer`),
    begin: (run: string, board: string, kind: BoardKind = 'feed') =>
      answer(sql`select begin_run_board(${run}, ${board}, ${kind}, 3600) as answer`),
    report: (run: string, board: string, done: number, failed: number) =>
      sql`select report_run_board(${run}, ${board}, ${done}, ${failed})`,
    finishBoard: (run: string, board: string, done: number, failed: number, error: string | null = null) =>
      answer(sql`select finish_run_board(${run}, ${board}, ${done}, ${failed}, ${error}::board_error_class,
        ${error && 'why'}) as answer`),
    finish: (run: string, end: string, more: { actor?: string; class?: string; message?: string } = {}) =>
      answer(sql`select finish_search_run(${run}, ${end}, ${more.actor ?? 'workflow'}, ${more.class ?? null},
        ${more.message ?? null}) as answer`),
    cancel: (run: string, userId: string) =>
      asPerson(sql, userId, (me) => answer(me`select request_cancel(${run}) as answer`)),
    boardsOf,
    /** Everything a step could change. */
    everythingOf: async (run: string) => [
      await readRun(sql, run),
      await boardsOf(run),
      await sql`select * from search_run_events where run_id = ${run} order by id`,
    ],
  };
}
