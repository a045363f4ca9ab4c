import { randomUUID } from 'node:crypto';
import type { DateTime } from 'luxon';
import type postgres from 'postgres';
import { tickId } from '../../domain/schedule.js';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { addPerson, posting, recordPage, search } from './fixtures.js';

/** A suite's database, of a service that sends mail. */
export async function startMailStack(): Promise<TestStack> {
  const stack = await startTestStack({ supabase: false });
  await stack.sql`insert into service_limits ${stack.sql({ name: 'mail_is_sent', value: 1 })}`;
  return stack;
}

/** A person whose address is confirmed: `<id>@example.com`. */
export async function addMailPerson(sql: postgres.Sql): Promise<string> {
  const id = await addPerson(sql);
  await sql`update auth.users set email_confirmed_at = now() where id = ${id}`;
  return id;
}

export async function addSavedSearch(
  sql: postgres.Sql,
  userId: string,
  name = 'Welder',
  title: string = randomUUID(),
): Promise<string> {
  const [saved] = await sql`
    insert into saved_searches (user_id, name, parameters)
    values (${userId}, ${name}, ${sql.json(search({ title }) as never)}) returning id`;
  return saved?.id;
}

/** A tick of a schedule of its own, so that no two are the same. */
export async function addTick(
  sql: postgres.Sql,
  { dueAt, completed = true }: { dueAt?: DateTime; completed?: boolean } = {},
): Promise<string> {
  const at = dueAt?.toJSDate() ?? new Date();
  const schedule = `test-${randomUUID()}`;
  const tick = { id: tickId(schedule, at), schedule, due_at: at, cause: 'schedule' };
  await sql`insert into schedule_ticks ${sql({ ...tick, completed_at: completed ? new Date() : null })}`;
  return tick.id;
}

/**
 * A tick's run of a saved search, over unless `end` is null, that found postings of these titles: those that the person
 * never saw are new.
 */
export async function tickRun(
  sql: postgres.Sql,
  {
    tick,
    userId,
    savedSearch,
    titles = [],
    end = 'success',
  }: { tick: string; userId: string; savedSearch: string; titles?: string[]; end?: 'success' | null },
): Promise<string> {
  const [run] = await sql`
    insert into search_runs (user_id, source, saved_search_id, parameters, tick_id)
    select user_id, 'cron', id, parameters, ${tick} from saved_searches where id = ${savedSearch} returning id`;
  const id: string = run?.id;
  await sql`update search_runs set status = 'running' where id = ${id}`;
  for (const [place, title] of titles.entries()) {
    const [known] = await sql`select id from postings where title = ${title}`;
    if (!known) await recordPage(sql, 'remotive', [posting({ title, company: `Company of ${title}` })]);
    const [found] = await sql`select id from postings where title = ${title}`;
    const seen = await sql`
      insert into seen_postings (user_id, posting_id, run_id) values (${userId}, ${found?.id}, ${id})
      on conflict do nothing returning posting_id`;
    const result = {
      run_id: id,
      posting_id: found?.id,
      user_id: userId,
      score: 1 - place / 100,
      is_new: seen.length > 0,
    };
    await sql`insert into search_run_results ${sql(result)}`;
  }
  if (end) await sql`update search_runs set status = ${end} where id = ${id}`;
  return id;
}
