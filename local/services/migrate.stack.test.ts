import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestStack, type TestStack } from '../testing/stack.js';
import { migrate } from './migrate.js';

let stack: TestStack;
let folder: string;

beforeAll(async () => {
  stack = await startTestStack({ supabase: false });
  folder = await mkdtemp(join(tmpdir(), 'stf-migrations-'));
});
afterAll(async () => {
  await stack?.stop();
  await rm(folder, { recursive: true, force: true });
});

const write = (file: string, text: string) => writeFile(join(folder, file), text);
const tables = async () =>
  (
    await stack.sql<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_name like 'step_%'
    order by 1`
  ).map(({ name }) => name);

test('applies new migrations in order, each once', async () => {
  await write('90000000000002_second.sql', 'alter table public.step_one add column more text;');
  await write('90000000000001_first.sql', 'create table public.step_one (id integer);');
  expect(await migrate(stack.databaseUrl, folder)).toEqual([
    '90000000000001_first.sql',
    '90000000000002_second.sql',
  ]);
  expect(await migrate(stack.databaseUrl, folder)).toEqual([]);
  const rows = await stack.sql`
    select name from supabase_migrations.schema_migrations where version like '9000%' order by version`;
  expect(rows.map((row) => row.name)).toEqual(['first', 'second']);
});

test('two at once apply each migration once', async () => {
  await write('90000000000003_third.sql', 'create table public.step_three (id integer);');
  const applied = await Promise.all([migrate(stack.databaseUrl, folder), migrate(stack.databaseUrl, folder)]);
  expect(applied.flat()).toEqual(['90000000000003_third.sql']);
});

test('a failing migration changes nothing and is named with its line', async () => {
  await write(
    '90000000000004_broken.sql',
    'create table public.step_four (id integer);\nselect no_such_function();',
  );
  await expect(migrate(stack.databaseUrl, folder)).rejects.toThrow(
    /90000000000004_broken\.sql: line 2: .*no_such_function/,
  );
  expect(await tables()).toEqual(['step_one', 'step_three']);
  await rm(join(folder, '90000000000004_broken.sql'));
});

test('a migration that was changed after it was applied is refused by name', async () => {
  await write('90000000000003_third.sql', 'create table public.step_three (id bigint);');
  await expect(migrate(stack.databaseUrl, folder)).rejects.toThrow(
    /90000000000003_third\.sql: changed after/,
  );
});
