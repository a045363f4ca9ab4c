import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { findPostgresClient } from '../../local/services/postgres-client.js';
import { inProject } from '../../local/services/project-root.js';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { testClient } from '../../local/testing/test-user.js';
import { waitFor } from '../../local/testing/wait-for.js';
import { seedEveryTable } from './every-table.js';
import { addRun, search } from './fixtures.js';

const run = promisify(execFile);

/** What `deploy/backup.sh` takes, and `deploy/restore.sh` puts into another project. */
let source: TestStack;
let target: TestStack;
let postgresClient: string | undefined;
let folder: string;
beforeAll(async () => {
  postgresClient = await findPostgresClient(console.warn);
  [source, target, folder] = await Promise.all([
    startTestStack(),
    // As a new project after `supabase db push`.
    startTestStack({ temporal: true }),
    mkdtemp(join(tmpdir(), 'stf-backup-')),
  ]);
});
afterAll(async () => {
  await Promise.all([source?.stop(), target?.stop()]);
  await rm(folder, { recursive: true, force: true });
});

/** Runs one of the deployment's scripts on a database, as an operator does. */
async function script(name: 'backup.sh' | 'restore.sh', { databaseUrl }: TestStack, file: string) {
  const { hostname, port, username, password, pathname } = new URL(databaseUrl);
  const { stdout } = await run('bash', [inProject(`deploy/${name}`), file], {
    env: {
      NODE_ENV: 'test',
      PATH: [postgresClient, process.env.PATH].join(delimiter),
      PGHOST: hostname,
      PGPORT: port,
      PGUSER: username,
      PGPASSWORD: decodeURIComponent(password),
      PGDATABASE: pathname.slice(1),
    },
  });
  return stdout;
}

/** Every table that people's things are in, with how many rows it has and a hash over all of them. */
async function contents({ sql }: TestStack) {
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname = 'public' or (schemaname = 'auth' and tablename <> 'schema_migrations') order by 1`;
  return Promise.all(
    tables.map(async ({ name }) => {
      const [row] = await sql.unsafe(
        `select count(*)::int as rows, md5(coalesce(string_agg(t::text, e'\\n' order by t::text), '')) as hash from ${name} t`,
      );
      return { name, rows: row?.rows as number, hash: row?.hash as string };
    }),
  );
}

/** What stands between people and each other's rows. */
async function rules({ sql }: TestStack) {
  return {
    policies: await sql`select * from pg_policies where schemaname = 'public' order by tablename, policyname`,
    functions: await sql`
      select proname, pg_get_functiondef(p.oid) as text, proacl::text as grants
      from pg_proc p where pronamespace = 'public'::regnamespace and prokind = 'f' order by proname, text`,
    triggers: await sql`
      select tgrelid::regclass::text as table, tgname, tgenabled, pg_get_triggerdef(oid) as text
      from pg_trigger where not tgisinternal order by 1, 2`,
    tables: await sql`
      select relname, relrowsecurity, relforcerowsecurity, relacl::text as grants from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'S') order by relname`,
  };
}

test('a dump in a new project is the same data under the same rules, and the service goes on from it', async () => {
  if (!postgresClient) {
    console.warn('left out: there is no pg_dump here');
    return;
  }
  const person = await source.createUser();
  const other = await source.createUser();
  await seedEveryTable(source.sql, person.id);
  // Of what was asked for when the backup was made: one that nothing had begun, one under way.
  const asked = search({ title: 'engineer', boards: ['jobicy'] });
  const waiting = await addRun(source.sql, person.id, asked, 'manual');
  const underWay = await addRun(source.sql, other.id, asked, 'manual');
  await source.sql`update search_runs set status = 'running' where id = ${underWay.id}`;

  const file = join(folder, 'backup.dump');
  await script('backup.sh', source, file);
  await script('restore.sh', target, file);

  const before = await contents(source);
  expect(before.filter(({ name, rows }) => name.startsWith('public.') && rows === 0)).toEqual([]);
  expect(await contents(target)).toEqual(before);
  expect(await rules(target)).toEqual(await rules(source));

  // The same account and password, and nobody else's rows.
  const client = testClient(target.supabaseUrl, target.anonKey);
  const { data, error } = await client.auth.signInWithPassword(person);
  expect(error).toBeNull();
  const { data: mine } = await client.from('search_runs').select('user_id');
  expect(mine?.length).toBeGreaterThan(2);
  expect(new Set(mine?.map(({ user_id }) => user_id))).toEqual(new Set([person.id]));

  // Temporal knows of none of it: what waited is started, what was under way is closed, and a new search is recorded.
  await target.startProcess('boards');
  const api = await target.startProcess('api');
  await target.startProcess('worker', {
    RECONCILE_INTERVAL_SECONDS: '1',
    RECONCILE_PENDING_SECONDS: '1',
    RECONCILE_QUIET_SECONDS: '1',
  });
  const response = await fetch(`${api.url}/runs`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${data.session?.access_token}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ parameters: { title: 'designer', boards: ['jobicy'] } }),
  });
  expect(response.status).toBe(202);
  const { run: begun } = (await response.json()) as { run: { id: string } };
  const endOf = (id: string) =>
    waitFor(
      async () => {
        const [row] = await target.sql`select status, error_class from search_runs where id = ${id}`;
        return (
          row &&
          !['pending', 'running'].includes(row.status) &&
          `${row.status} ${row.error_class ?? ''}`.trim()
        );
      },
      { what: `the end of run ${id}` },
    );
  expect(await Promise.all([waiting.id, underWay.id, begun.id].map(endOf))).toEqual([
    'success',
    'failed workflow_lost',
    'success',
  ]);
});

test('a database with people in it is left alone, and so is one of other migrations', async () => {
  if (!postgresClient) return;
  const file = join(folder, 'another.dump');
  await script('backup.sh', source, file);
  await source.createUser();
  await expect(script('restore.sh', source, file)).rejects.toThrow('has accounts already');

  const later = await startTestStack({ supabase: false });
  try {
    await later.sql`insert into supabase_migrations.schema_migrations (version, name) values ('29990101000000', 'later')`;
    const untouched = await contents(later);
    await expect(script('restore.sh', later, file)).rejects.toThrow('29990101000000');
    expect(await contents(later)).toEqual(untouched);
  } finally {
    await later.stop();
  }
});
