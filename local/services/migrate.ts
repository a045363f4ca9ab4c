import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type postgres from 'postgres';
import { withSuperuser } from './postgres.js';

interface Migration {
  version: string;
  name: string;
  file: string;
  text: string;
}

/** One at a time: two starts must not apply the same migration. */
const advisoryLock = 7_238_145;

async function readMigrations(folder: string): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
  return Promise.all(
    files.map(async (file) => {
      const parts = /^(\d+)_(.+)\.sql$/.exec(file);
      if (!parts?.[1] || !parts[2]) throw new Error(`${file} is not named <version>_<name>.sql`);
      const text = await readFile(join(folder, file), 'utf8');
      return { version: parts[1], name: parts[2], file, text };
    }),
  );
}

/**
 * Applies the migrations of the folder that were not applied yet, in order, each in a transaction, and keeps count of
 * them in `supabase_migrations.schema_migrations`, where the Supabase CLI does.
 * @returns the files that were applied now.
 * @throws Error naming the file when one fails, or when one was changed after it was applied.
 */
export async function migrate(url: string, folder: string): Promise<string[]> {
  const migrations = await readMigrations(folder);
  return withSuperuser(url, async (sql) => {
    await createHistory(sql);
    await sql`select pg_advisory_lock(${advisoryLock})`;
    const rows = await sql<{ version: string; text: string }[]>`
      select version, array_to_string(statements, '') as text from supabase_migrations.schema_migrations`;
    const applied = new Map(rows.map(({ version, text }) => [version, text]));
    const changed = migrations.filter(({ version, text }) => (applied.get(version) ?? text) !== text);
    if (changed.length > 0) {
      throw new Error(
        `${changed.map(({ file }) => file).join(', ')}: changed after it was applied to this database. ` +
          'Write a new migration instead, or start afresh with `npm run reset`.',
      );
    }
    const pending = migrations.filter(({ version }) => !applied.has(version));
    for (const migration of pending) await apply(sql, migration);
    await sql`notify pgrst, 'reload schema'`;
    return pending.map(({ file }) => file);
  });
}

async function createHistory(sql: postgres.Sql): Promise<void> {
  await sql.unsafe(`
    create schema if not exists supabase_migrations;
    create table if not exists supabase_migrations.schema_migrations (
      version text primary key,
      statements text[],
      name text
    )`);
}

async function apply(sql: postgres.Sql, { version, name, file, text }: Migration): Promise<void> {
  try {
    await sql.begin(async (transaction) => {
      await transaction.unsafe(text);
      await transaction`
        insert into supabase_migrations.schema_migrations (version, name, statements)
        values (${version}, ${name}, ${[text]})`;
    });
  } catch (error) {
    throw new Error(`${file}: ${describe(error, text)}`, { cause: error });
  }
}

/** What Postgres said, and on which line of the file. */
function describe(error: unknown, text: string): string {
  const { message, position } = error as { message: string; position?: string };
  if (!position) return message;
  const line = text.slice(0, Number(position)).split('\n').length;
  return `line ${line}: ${message}`;
}
