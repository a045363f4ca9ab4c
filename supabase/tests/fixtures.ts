import { randomUUID } from 'node:crypto';
import type postgres from 'postgres';
import { descriptionWords } from '../../activities/boards/normalise/description-words.js';
import type { Posting } from '../../domain/posting.js';
import type { RunSource, RunStatus } from '../../domain/run.js';
import { type SearchParameters, searchParametersSchema } from '../../domain/search.js';

type Sql = postgres.Sql | postgres.TransactionSql;

/** A search as the API hands it on; each call's title is another one unless it is given. */
export function search(parameters: Partial<SearchParameters> = {}): SearchParameters {
  return searchParametersSchema.parse({ title: `job ${randomUUID()}`, boards: ['remotive'], ...parameters });
}

/** A posting as a board's adapter hands it over. */
export function posting(fields: Partial<Posting> = {}): Posting {
  const boardPostingId = fields.boardPostingId ?? randomUUID();
  const descriptionText = fields.descriptionText ?? 'What the job is about.';
  return {
    board: 'remotive',
    boardPostingId,
    url: `https://remotive.com/jobs/${boardPostingId}`,
    title: 'Platform Engineer',
    company: 'Acme',
    locations: ['London, United Kingdom'],
    country: 'GB',
    workMode: 'onsite',
    placeKeys: [],
    remoteKeys: [],
    identityKeys: [],
    descriptionHtml: '<p>What the job is about.</p>',
    descriptionText,
    descriptionWords: descriptionWords(descriptionText),
    tags: [],
    attribution: { name: 'Remotive', url: 'https://remotive.com', followLink: true },
    ...fields,
  };
}

/** A person without a password, for suites that speak to Postgres alone. */
export async function addPerson(sql: Sql): Promise<string> {
  const id = randomUUID();
  await sql`insert into auth.users (id, email) values (${id}, ${`${id}@example.com`})`;
  return id;
}

export interface RunRow {
  id: string;
  status: RunStatus;
  source: RunSource;
  revision: string;
  jobs_found: number | null;
  jobs_new: number | null;
  error_class: string | null;
  error_message: string | null;
  first_of_its_search: boolean;
  cancel_requested_at: Date | null;
  started_at: Date | null;
  completed_at: Date | null;
}

/** A run as the scheduler's worker inserts it; `cron` runs count towards no limit. */
export async function addRun(
  sql: Sql,
  userId: string,
  parameters: SearchParameters = search(),
  source: RunSource = 'cron',
): Promise<RunRow> {
  const [run] = await sql<RunRow[]>`
    insert into search_runs (user_id, parameters, source)
    values (${userId}, ${sql.json(parameters as never)}, ${source}) returning *`;
  return run as RunRow;
}

/** The steps that lead to each status. */
const pathTo: Record<RunStatus, RunStatus[]> = {
  pending: [],
  running: ['running'],
  success: ['running', 'success'],
  failed: ['failed'],
  cancelled: ['cancelled'],
};

export async function addRunIn(
  status: RunStatus,
  sql: Sql,
  userId: string,
  parameters?: SearchParameters,
): Promise<RunRow> {
  const { id } = await addRun(sql, userId, parameters);
  for (const step of pathTo[status]) await sql`update search_runs set status = ${step} where id = ${id}`;
  return readRun(sql, id);
}

export async function readRun(sql: Sql, id: string): Promise<RunRow> {
  const [run] = await sql<RunRow[]>`select * from search_runs where id = ${id}`;
  return run as RunRow;
}

/** Hands a page to the database as a sync does. */
export async function recordPage(
  sql: Sql,
  source: string,
  postings: readonly Posting[],
): Promise<{ postings_read: number; postings_new: number; postings_changed: number }> {
  const [page] = await sql`select * from record_postings_page(${source}, ${sql.json(postings as never)})`;
  return page as { postings_read: number; postings_new: number; postings_changed: number };
}

/** What the worker tells of the boards when a run begins. */
export const knownBoards = {
  remotive: { kind: 'feed', freshSeconds: 3_600, availability: 'ready' },
  arbeitnow: { kind: 'feed', freshSeconds: 3_600, availability: 'ready' },
  greenhouse: { kind: 'company', freshSeconds: 3_600, availability: 'ready' },
  adzuna: { kind: 'query', freshSeconds: 3_600, availability: 'ready' },
  reed: { kind: 'query', freshSeconds: 3_600, availability: 'needs_key' },
  linkedin: { kind: 'query', freshSeconds: 3_600, availability: 'off' },
};

/** Asks with a signed-in person's rights, as PostgREST does. */
export async function asPerson<T>(
  sql: postgres.Sql,
  userId: string,
  ask: (sql: postgres.TransactionSql) => Promise<T>,
): Promise<T> {
  const claims = JSON.stringify({ sub: userId, role: 'authenticated' });
  const answer = await sql.begin(async (transaction) => {
    await transaction`select set_config('request.jwt.claims', ${claims}, true)`;
    await transaction`set local role authenticated`;
    return ask(transaction);
  });
  return answer as T;
}

/** Asks with the rights of an admin. */
export async function asAdmin<T>(
  sql: postgres.Sql,
  ask: (sql: postgres.TransactionSql) => Promise<T>,
): Promise<T> {
  const claims = JSON.stringify({
    sub: randomUUID(),
    role: 'authenticated',
    app_metadata: { role: 'admin' },
  });
  const answer = await sql.begin(async (transaction) => {
    await transaction`select set_config('request.jwt.claims', ${claims}, true)`;
    await transaction`set local role authenticated`;
    return ask(transaction);
  });
  return answer as T;
}

/** A person starts a search. */
export async function createRun(
  sql: postgres.Sql,
  userId: string,
  parameters: SearchParameters = search(),
  idempotencyKey: string | null = null,
): Promise<{ id: string; joined: boolean }> {
  return asPerson(sql, userId, async (me) => {
    const [row] = await me`select create_search_run(
      ${me.json(parameters as never)}, null, ${me.json({ device: 'phone' })}, ${idempotencyKey}) as created`;
    return row?.created;
  });
}

/** The error that a statement is refused with; fails when it is not. */
export async function refusal(statement: Promise<unknown>): Promise<postgres.PostgresError> {
  const outcome = await statement.then(
    () => undefined,
    (error: postgres.PostgresError) => error,
  );
  if (!outcome) throw new Error('the database took what it should refuse');
  return outcome;
}
