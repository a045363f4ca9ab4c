import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type postgres from 'postgres';
import { runStatuses, runTransitions } from '../../domain/run.js';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';

let stack: TestStack;
let sql: postgres.Sql;
let document: string;

beforeAll(async () => {
  document = await readFile(join(__dirname, '../../docs/DATABASE_SCHEMA.md'), 'utf8');
  stack = await startTestStack({ supabase: false });
  sql = stack.sql;
});
afterAll(() => stack?.stop());

/** The lines of the document's diagram of this kind. */
function diagram(kind: string): string[] {
  const block = new RegExp(`\`\`\`mermaid\n${kind}\n([\\s\\S]*?)\`\`\``).exec(document)?.[1];
  if (!block) throw new Error(`docs/DATABASE_SCHEMA.md has no ${kind}`);
  return block.split('\n').map((line) => line.trim());
}

/** The rows of the table under a heading, without its head; names are in backquotes. */
function table(heading: string): string[][] {
  const section = document.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  if (rows.length === 0) throw new Error(`docs/DATABASE_SCHEMA.md has no table under ${heading}`);
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replace(/^`(.*)`$/, '$1')),
  );
}

test('the diagram has every table with every column, its type and its keys', async () => {
  const drawn: string[] = [];
  let entity = '';
  for (const line of diagram('erDiagram')) {
    if (line.endsWith('{')) entity = line.split(' ')[0] ?? '';
    else if (entity && /^\S+ \S+/.test(line)) drawn.push(`${entity}: ${line}`);
  }
  const columns = await sql<{ line: string }[]>`
    select format('%s: %s %s%s', c.relname,
      replace(format_type(a.atttypid, null), 'timestamp with time zone', 'timestamptz'), a.attname,
      (select ' ' || string_agg(key, ', ' order by key desc) from (
        select distinct case k.contype when 'p' then 'PK' else 'FK' end as key from pg_constraint k
        where k.conrelid = c.oid and k.contype in ('p', 'f') and a.attnum = any (k.conkey)) keys)) as line
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
    order by c.relname, a.attnum`;
  expect(drawn.sort()).toEqual(columns.map(({ line }) => line).sort());
});

test('the diagram has every foreign key, and whether it can be empty', async () => {
  const drawn = diagram('erDiagram').filter((line) => line.includes('--'));
  const keys = await sql<{ line: string }[]>`
    select format('%s %s--o{ %s : %s',
      case k.confrelid when 'auth.users'::regclass then 'auth_users' else k.confrelid::regclass::text end,
      case when a.attnotnull then '||' else '|o' end, k.conrelid::regclass, a.attname) as line
    from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey)
    where k.contype = 'f' and k.connamespace = 'public'::regnamespace`;
  expect(drawn.sort()).toEqual(keys.map(({ line }) => line).sort());
});

test('the tables are told of, one by one', async () => {
  const tables = await sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public' order by 1`;
  expect(
    table('Tables')
      .map(([name]) => name)
      .sort(),
  ).toEqual(tables.map(({ name }) => name));
});

test('the states are those of the code', () => {
  const drawn = diagram('stateDiagram-v2')
    .filter(Boolean)
    .map((line) => line.split(' : ')[0]);
  const steps = runStatuses.flatMap((from) => runTransitions[from].map((to) => `${from} --> ${to}`));
  const ends = runStatuses.filter((status) => runTransitions[status].length === 0);
  expect(drawn.sort()).toEqual(['[*] --> pending', ...steps, ...ends.map((end) => `${end} --> [*]`)].sort());
});

test('who may do what is what is granted, and which rows the policies let through', async () => {
  const rights = await sql<{ name: string; rows: string[] }[]>`
    select t.tablename as name, array_agg(
      case
        when not case verb when 'DELETE' then has_table_privilege('authenticated', t.tablename, verb)
          else has_any_column_privilege('authenticated', t.tablename, verb) end then '–'
        when coalesce(p.qual, p.with_check) = 'true' then 'all'
        when coalesce(p.qual, p.with_check) = '(user_id = ( SELECT auth.uid() AS uid))' then 'own'
        else coalesce(p.qual, p.with_check, 'no policy')
      end order by n) as rows
    from pg_tables t
    cross join unnest('{SELECT,INSERT,UPDATE,DELETE}'::text[]) with ordinality v (verb, n)
    left join pg_policies p on p.schemaname = t.schemaname and p.tablename = t.tablename and p.cmd = verb
      and 'authenticated' = any (p.roles)
    where t.schemaname = 'public' group by t.tablename`;
  const byName = (a: string[], b: string[]) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1);
  expect(table('Who may do what').sort(byName)).toEqual(
    rights.map(({ name, rows }) => [name, ...rows]).sort(byName),
  );
});

test('the limits are those the database begins with', async () => {
  const limits = await sql`select name, value::text from service_limits order by name`;
  const told = table('Limits').map(([name, value]) => ({ name: /^`?(\w+)/.exec(name ?? '')?.[1], value }));
  expect(told.sort((a, b) => ((a.name ?? '') < (b.name ?? '') ? -1 : 1))).toEqual([...limits]);
});

test('the functions, and who may call each', async () => {
  const functions = await sql<{ name: string; who: string }[]>`
    select p.proname as name, case
      when p.prorettype = 'trigger'::regtype then 'trigger'
      when has_function_privilege('anon', p.oid, 'execute') then 'anybody'
      when has_function_privilege('authenticated', p.oid, 'execute') then 'person' else 'worker' end as who
    from pg_proc p where p.pronamespace = 'public'::regnamespace order by p.proname`;
  const told = table('Functions').map(([name, who]) => ({ name, who }));
  expect(told.sort((a, b) => ((a.name ?? '') < (b.name ?? '') ? -1 : 1))).toEqual([...functions]);
});

test('the indexes', async () => {
  const indexes = await sql<{ name: string }[]>`
    select i.relname as name from pg_index x join pg_class i on i.oid = x.indexrelid
    where i.relnamespace = 'public'::regnamespace and not x.indisprimary order by i.relname`;
  expect(
    table('Indexes')
      .map(([name]) => name)
      .sort(),
  ).toEqual(indexes.map(({ name }) => name));
});
