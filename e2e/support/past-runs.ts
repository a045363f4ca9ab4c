import type { Person } from './device.js';
import type { Site } from './site.js';

/** Scheduled runs that have ended, one every seven hours, as some days leave them behind. */
export async function addPast({ stack: { sql } }: Site, { email }: Person, count: number): Promise<void> {
  const added = await sql<{ id: string }[]>`
    insert into search_runs (user_id, source, parameters, created_at)
    select u.id, 'cron', jsonb_build_object('title', 'past search ' || n, 'boards', '["remotive"]'::jsonb),
      now() - n * interval '7 hours'
    from auth.users u, generate_series(1, ${count}) n where u.email = ${email} returning id`;
  for (const { id } of added) await sql`select finish_search_run(${id}, 'cancelled')`;
}

/** The run is of a saved search, as if it had been started from it. @returns the saved search's id. */
export async function saveSearchOf(
  { stack: { sql } }: Site,
  { email }: Person,
  run: string,
): Promise<string> {
  const [saved] = await sql<{ id: string }[]>`
    insert into saved_searches (user_id, name, parameters)
    select u.id, 'Mine', r.parameters from auth.users u, search_runs r where u.email = ${email} and r.id = ${run}
    returning id`;
  await sql`update search_runs set saved_search_id = ${saved?.id ?? null} where id = ${run}`;
  return saved?.id ?? '';
}
