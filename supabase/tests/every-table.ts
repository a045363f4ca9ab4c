// One file: a row of every table, made in the order in which they hang together.
import { randomUUID } from 'node:crypto';
import type postgres from 'postgres';
import { addRun, posting, recordPage, search } from './fixtures.js';

interface Seeded {
  /** The seeded row's key. */
  key: Record<string, string>;
  /** Another row that could be added, in the same person's name. */
  insert: Record<string, unknown>;
  /** A change of the seeded row. */
  patch: Record<string, unknown>;
  /** Where the key cannot be given; else the row to add under the seeded row's key. */
  upsert?: Record<string, unknown>;
}
export type Rows = Record<string, Seeded>;

/** Another bucket for each seeding; what is added lies in the next hour. */
let buckets = 0;
let currencies = 0;
/** Another three letters for each row. */
function anotherCurrency(): string {
  currencies += 1;
  return [2, 1, 0]
    .map((place) => String.fromCharCode(65 + (Math.floor(currencies / 26 ** place) % 26)))
    .join('');
}

/** One row in every table, and how to ask for it, add another and change it: for tests of who may do what. */
export async function seedEveryTable(sql: postgres.Sql, userId: string): Promise<Rows> {
  const mine = randomUUID();
  const { id: runId } = await addRun(sql, userId);
  const { id: otherRun } = await addRun(sql, userId);
  const postings = Array.from({ length: 4 }, () => posting({ title: mine }));
  await recordPage(sql, 'remotive', postings);
  const [first, second, marked, unmarked] = await sql<{ posting_id: string; board_posting_id: string }[]>`
    select posting_id, board_posting_id from posting_sources
    where board_posting_id in ${sql(postings.map((p) => p.boardPostingId))}`;
  if (!first || !second || !marked || !unmarked) throw new Error('the postings were not recorded');
  const saved = { user_id: userId, name: mine, parameters: search() };
  const [savedSearch] = await sql`insert into saved_searches ${sql(saved as never)} returning id`;
  const [unfed] = await sql`insert into saved_searches ${sql(saved as never)} returning id`;
  await sql`insert into feeds ${sql({ user_id: userId, saved_search_id: savedSearch?.id })}`;
  const [event] = await sql`select id from search_run_events where run_id = ${runId}`;
  const postingRow = { title: mine, company: 'Acme', work_mode: 'remote', search: '' };
  const result = { run_id: runId, user_id: userId, score: 1, is_new: true };
  const seen = { user_id: userId, run_id: runId };
  await sql`insert into search_run_results ${sql({ ...result, posting_id: first.posting_id })}`;
  await sql`insert into seen_postings ${sql({ ...seen, posting_id: first.posting_id })}`;
  const mark = { user_id: userId, saved_at: '2026-01-01T00:00:00Z' };
  await sql`insert into job_marks ${sql({ ...mark, posting_id: marked.posting_id })}`;
  const term = { user_id: userId, kind: 'word', text: 'fox' };
  const [hidden] = await sql`insert into hidden_terms ${sql({ ...term, key: mine })} returning id`;
  await sql`insert into company_boards ${sql({ board: 'greenhouse', token: mine, name: 'Acme' })}`;
  await sql`insert into company_boards ${sql({ board: 'ashby', token: mine, name: 'Acme' })}`;
  await sql`insert into company_follows ${sql({ user_id: userId, board: 'greenhouse', token: mine })}`;
  const [check] = await sql`insert into company_checks ${sql({ user_id: userId })} returning id`;
  await sql`insert into source_syncs ${sql({ source: `greenhouse/${mine}`, board: 'greenhouse' })}`;
  await sql`insert into source_sync_waiters ${sql({ source: mine, run_id: runId })}`;
  await sql`insert into title_words ${sql({ word: mine })}`;
  await sql`insert into service_limits ${sql({ name: mine, value: 1 })}`;

  const query = { board: 'adzuna', query: { title: mine } };
  const rate = { currency: anotherCurrency(), per_euro: 2, as_of: '2026-01-01' };
  await sql`insert into boards ${sql({ board: mine, availability: 'ready' })}`;
  await sql`insert into board_queries ${sql({ ...query, source: mine })}`;
  await sql`insert into currency_rates ${sql(rate)}`;
  const page = { source: mine, posting_ids: [mine] };
  const tick = { schedule: mine, due_at: '2026-01-01T08:00:00Z', cause: 'schedule' };
  await sql`insert into schedule_ticks ${sql({ ...tick, id: mine })}`;
  const request = {
    tick_id: mine,
    caller: 'signature',
    address_hash: mine,
    asked_at: '2026-01-01T08:00:00Z',
  };
  await sql`insert into tick_requests ${sql({ ...request, id: mine })}`;
  const alert = { key: mine, kind: 'tick_missed', message: 'It did not happen.' };
  const [alerted] = await sql`insert into alerts ${sql(alert)} returning id`;
  const hour = '2026-01-01T08:00:00Z';
  const figure = { hour, runs: 1 };
  const ofRun = { ...figure, outcome: 'failed', source: 'cron', error_class: mine };
  const ofBoard = { ...figure, board: mine, outcome: 'failed', error_class: 'timeout' };
  const asked = { hour, board: mine, requests: 1 };
  buckets += 1;
  await sql`insert into run_figures ${sql(ofRun as never)}`;
  await sql`insert into run_duration_figures ${sql({ ...figure, bucket: buckets })}`;
  await sql`insert into board_figures ${sql(ofBoard as never)}`;
  await sql`insert into board_requests ${sql(asked)}`;
  const look = { look: mine, over: 1, under: 0 };
  await sql`insert into alert_looks ${sql({ ...look, key: mine })}`;
  const notice = { alert_id: alerted?.id, event: 'raised', state: 'told', message_id: randomUUID() };
  await sql`insert into alert_notices ${sql({ ...notice, channel: 'email' })}`;
  const silence = { rule: 'board_failing', until: '2026-01-01T08:00:00Z' };
  const [silenced] = await sql`insert into alert_silences ${sql({ ...silence, subject: mine })} returning id`;
  const watched = { schedule: mine, watched_until: '2026-01-01T08:00:00Z' };
  await sql`insert into schedule_watches ${sql(watched)}`;
  const ticks = [`${mine}-one`, `${mine}-two`];
  for (const id of ticks) await sql`insert into schedule_ticks ${sql({ ...tick, id })}`;
  await sql`insert into digests ${sql({ user_id: userId, tick_id: `${mine}-one` })}`;
  await sql`
    insert into unsubscribe_links ${sql({ user_id: userId, token: mine })}
    on conflict (user_id) do update set token = excluded.token`;
  // Whoever signs up has a profile at once: one without it, to add.
  const [without] = await sql`
    insert into auth.users (id, email) values (gen_random_uuid(), ${`${randomUUID()}@example.com`}) returning id`;
  await sql`delete from profiles where user_id = ${without?.id}`;
  const ownSchedule = randomUUID();
  await sql`insert into own_schedules ${sql({ saved_search_id: ownSchedule })}`;
  const [logged] = await sql`insert into source_sync_pages ${sql(page)} returning id`;

  return {
    saved_searches: {
      key: { id: savedSearch?.id },
      insert: { ...saved, name: 'another' },
      patch: { name: 'changed' },
    },
    profiles: {
      key: { user_id: userId },
      insert: { user_id: without?.id },
      patch: { digest: 'daily' },
    },
    feeds: {
      key: { saved_search_id: savedSearch?.id },
      insert: { user_id: userId, saved_search_id: unfed?.id },
      patch: { token: randomUUID() },
    },
    tick_requests: {
      key: { id: mine },
      insert: { ...request, id: `${mine}s` },
      patch: { caller: 'cron_secret' },
    },
    alerts: {
      key: { id: alerted?.id },
      insert: { ...alert, key: `${mine}s` },
      patch: { message: 'changed' },
      upsert: { ...alert, key: `${mine}u` },
    },
    run_figures: {
      key: { hour, outcome: 'failed', source: 'cron', error_class: mine },
      insert: { ...ofRun, outcome: 'partial' },
      patch: { runs: 7 },
    },
    run_duration_figures: {
      key: { hour, bucket: String(buckets) },
      insert: { ...figure, hour: '2026-01-01T09:00:00Z', bucket: buckets },
      patch: { runs: 7 },
    },
    board_figures: {
      key: { hour, board: mine, outcome: 'failed', error_class: 'timeout' },
      insert: { ...ofBoard, outcome: 'success' },
      patch: { runs: 7 },
    },
    board_requests: {
      key: { hour, board: mine },
      insert: { ...asked, hour: '2026-01-01T09:00:00Z' },
      patch: { requests: 7 },
    },
    alert_looks: {
      key: { key: mine },
      insert: { ...look, key: `${mine}s` },
      patch: { over: 7 },
    },
    alert_notices: {
      key: { alert_id: alerted?.id, channel: 'email', event: 'raised' },
      insert: { ...notice, channel: 'slack' },
      patch: { attempts: 7 },
    },
    alert_silences: {
      key: { id: silenced?.id },
      insert: { ...silence, subject: `${mine}s` },
      patch: { reason: 'changed' },
      upsert: { ...silence, subject: `${mine}u` },
    },
    schedule_watches: {
      key: { schedule: mine },
      insert: { ...watched, schedule: `${mine}s` },
      patch: { watched_until: '2026-01-02T08:00:00Z' },
    },
    schedule_ticks: {
      key: { id: mine },
      insert: { ...tick, id: `${mine}s` },
      patch: { runs_created: 7 },
    },
    digests: {
      key: { user_id: userId, tick_id: `${mine}-one` },
      insert: { user_id: userId, tick_id: `${mine}-two` },
      patch: { attempts: 7 },
    },
    unsubscribe_links: {
      key: { user_id: userId },
      insert: { user_id: without?.id, token: `${mine}s` },
      patch: { token: `${mine}d` },
      upsert: { user_id: userId, token: `${mine}t` },
    },
    own_schedules: {
      key: { saved_search_id: ownSchedule },
      insert: { saved_search_id: randomUUID() },
      patch: { applied_revision: 7 },
    },
    search_runs: {
      key: { id: runId },
      insert: { user_id: userId, parameters: search() },
      patch: { status: 'running' },
    },
    search_run_boards: {
      key: { run_id: runId, board: 'remotive' },
      insert: { run_id: otherRun, user_id: userId, board: 'lever' },
      patch: { found: 7 },
    },
    search_run_events: {
      key: { id: event?.id },
      insert: { run_id: runId, user_id: userId, kind: 'status', actor: 'user' },
      patch: { actor: 'service' },
      upsert: { run_id: runId, user_id: userId, kind: 'status', actor: 'user' },
    },
    search_run_results: {
      key: { run_id: runId, posting_id: first.posting_id },
      insert: { ...result, posting_id: second.posting_id },
      patch: { score: 2 },
    },
    seen_postings: {
      key: { user_id: userId, posting_id: first.posting_id },
      insert: { ...seen, posting_id: second.posting_id },
      patch: { run_id: null },
    },
    job_marks: {
      key: { user_id: userId, posting_id: marked.posting_id },
      insert: { ...mark, posting_id: unmarked.posting_id },
      patch: { note: 'changed' },
    },
    hidden_terms: {
      key: { id: hidden?.id },
      insert: { ...term, key: `${mine}s` },
      patch: { text: 'changed' },
      upsert: { ...term, key: `${mine}d` },
    },
    postings: { key: { id: first.posting_id }, insert: postingRow, patch: { title: 'changed' } },
    posting_sources: {
      key: { board: 'remotive', board_posting_id: first.board_posting_id },
      insert: {
        board: 'remotive',
        board_posting_id: mine,
        posting_id: second.posting_id,
        source: 'remotive',
        url: 'https://remotive.com/jobs/1',
        attribution: {},
        is_original: false,
        content_hash: mine,
      },
      patch: { url: 'https://remotive.com/jobs/2' },
    },
    company_boards: {
      key: { board: 'greenhouse', token: mine },
      insert: { board: 'lever', token: mine, name: 'Acme' },
      patch: { name: 'changed' },
    },
    company_follows: {
      key: { user_id: userId, board: 'greenhouse', token: mine },
      insert: { user_id: userId, board: 'ashby', token: mine },
      patch: { created_at: '2026-01-01T00:00:00Z' },
    },
    company_checks: {
      key: { id: check?.id },
      insert: { user_id: userId },
      patch: { asked_at: '2026-01-01T00:00:00Z' },
      upsert: { user_id: userId },
    },
    source_syncs: {
      key: { source: `greenhouse/${mine}` },
      insert: { source: `lever/${mine}`, board: 'lever' },
      patch: { pages: 7 },
    },
    source_sync_waiters: {
      key: { source: mine, run_id: runId },
      insert: { source: mine, run_id: otherRun },
      patch: { joined_at: '2026-01-01T00:00:00Z' },
    },
    title_words: {
      key: { word: mine },
      insert: { word: `${mine}s` },
      patch: { word: `${mine}d` },
    },
    service_limits: {
      key: { name: mine },
      insert: { name: `${mine}s`, value: 1 },
      patch: { value: 7 },
    },
    boards: {
      key: { board: mine },
      insert: { board: `${mine}s`, availability: 'off' },
      patch: { availability: 'needs_key' },
    },
    board_queries: {
      key: { source: mine },
      insert: { ...query, source: `${mine}s` },
      patch: { query: { title: 'changed' } },
    },
    currency_rates: {
      key: { currency: rate.currency },
      insert: { ...rate, currency: anotherCurrency() },
      patch: { per_euro: 3 },
    },
    source_sync_pages: {
      key: { id: logged?.id },
      insert: page,
      patch: { source: 'changed' },
      upsert: page,
    },
  };
}
