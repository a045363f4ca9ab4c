import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type postgres from 'postgres';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';

/**
 * What else of the database is within reach of the roles that people's requests have, beside the rows of its tables
 * (row-level-security.stack.test.ts) and its functions (function-rights.stack.test.ts): read from the catalog, so that
 * whatever is new is closed, or stands here.
 */
const peoplesRoles = ['anon', 'authenticated', 'run_listener', 'public'];

let stack: TestStack;
beforeAll(async () => {
  stack = await startTestStack({ supabase: false });
});
afterAll(() => stack?.stop());

const lines = async (query: PromiseLike<readonly postgres.Row[]>) =>
  (await query).map(({ line }) => line as string);

test('requests over HTTP reach the schema public alone', async () => {
  const config = await readFile(join(__dirname, '../config.toml'), 'utf8');
  expect(/^schemas = (.*)$/m.exec(config)?.[1]).toBe('["public"]');
});

test('nobody but the owner makes anything in a schema', async () => {
  const makers = stack.sql`
    select format('%s in %s', r, n.nspname) as line
    from unnest(${peoplesRoles}::text[]) r cross join pg_namespace n
    where n.nspname !~ '^pg_(toast|temp)' and has_schema_privilege(r, n.oid, 'create')`;
  expect(await lines(makers)).toEqual([]);
});

test('no table can be emptied, watched or referred to past row level security', async () => {
  const rights = stack.sql`
    select format('%s: %s on %s', r, right_, c.oid::regclass) as line
    from unnest(${peoplesRoles}::text[]) r
    cross join unnest('{truncate,references,trigger}'::text[]) right_
    cross join pg_class c
    where c.relnamespace in ('public'::regnamespace, 'auth'::regnamespace) and c.relkind in ('r', 'p', 'v', 'm', 'f')
      and has_table_privilege(r, c.oid, right_)
    order by line`;
  expect(await lines(rights)).toEqual([]);
});

test('the auth server’s tables are nobody’s to read or write', async () => {
  const rights = stack.sql`
    select format('%s: %s on %s', r, right_, c.oid::regclass) as line
    from unnest(${[...peoplesRoles, 'service_role']}::text[]) r
    cross join unnest('{select,insert,update}'::text[]) right_
    cross join pg_class c
    where c.relnamespace = 'auth'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
      and has_any_column_privilege(r, c.oid, right_)
    order by line`;
  expect(await lines(rights)).toEqual([]);
});

test('no sequence is drawn from, set or read', async () => {
  const rights = stack.sql`
    select format('%s: %s', r, c.oid::regclass) as line
    from unnest(${peoplesRoles}::text[]) r cross join pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'S'
      and has_sequence_privilege(r, c.oid, 'usage, select, update')
    order by line`;
  expect(await lines(rights)).toEqual([]);
});

test('a view would read with the rights of whoever asks, and none is a copy past row level security', async () => {
  const views = stack.sql`
    select c.oid::regclass::text as line from pg_class c
    where c.relnamespace = 'public'::regnamespace and (c.relkind in ('m', 'f')
      or c.relkind = 'v' and not coalesce('security_invoker=true' = any (c.reloptions), false))`;
  expect(await lines(views)).toEqual([]);
});

test('every policy is for one role by name, and a person’s compares the row with the person', async () => {
  const policies = await stack.sql<{ table: string; roles: string[]; says: string }[]>`
    select tablename as table, roles::text[] as roles, coalesce(qual, '') || coalesce(with_check, '') as says
    from pg_policies where schemaname = 'public'`;
  expect(policies.length).toBeGreaterThan(40);
  // The catalogue is everybody's.
  const forEverybody = ['boards', 'company_boards', 'posting_sources', 'postings'];
  const wide = policies.filter(
    ({ table, roles, says }) =>
      roles.includes('public') ||
      (!roles.includes('service_role') && !says.includes('auth.uid()') && !forEverybody.includes(table)),
  );
  expect(wide).toEqual([]);
});

test('nothing is published to whoever listens for changes of rows', async () => {
  expect(await lines(stack.sql`select tablename as line from pg_publication_tables`)).toEqual([]);
});

test('what a migration makes is closed until it says otherwise', async () => {
  const rights = await stack.sql
    .begin(async (sql) => {
      await sql`create table public.new_table (id bigint generated always as identity primary key)`;
      await sql`create function public.new_function() returns integer language sql return 1`;
      const opened = await sql<{ line: string }[]>`
        select format('%s: %s', r, thing) as line
        from unnest(${peoplesRoles}::text[]) r
        cross join lateral (values
          ('table', has_any_column_privilege(r, 'public.new_table'::regclass, 'select, insert, update')),
          ('sequence', has_sequence_privilege(r, pg_get_serial_sequence('public.new_table', 'id'), 'usage, select')))
          as rights (thing, given)
        where given order by line`;
      throw Object.assign(new Error('undone'), { opened: opened.map(({ line }) => line) });
    })
    .catch((error: Error & { opened?: string[] }) => {
      if (error.opened) return error.opened;
      throw error;
    });
  expect(rights).toEqual([]);
});
