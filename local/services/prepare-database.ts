import { readFile } from 'node:fs/promises';
import { getAuthSchemaSql } from '@supabase/lite';
import { withSuperuser } from './postgres.js';
import { inProject } from './project-root.js';
import type { StackSecrets } from './secrets.js';

const readSql = (name: string) => readFile(inProject(`local/services/${name}`), 'utf8');

/** Makes the roles of a Supabase project on a Postgres server, with this stack's passwords. May run again. */
export async function createRoles(url: string, secrets: StackSecrets): Promise<void> {
  const roles = await readSql('roles.sql');
  const passwords = {
    authenticator: secrets.authenticatorPassword,
    supabase_auth_admin: secrets.authAdminPassword,
    run_listener: secrets.listenerPassword,
  };
  await withSuperuser(url, async (sql) => {
    await sql.begin(async (transaction) => {
      await transaction.unsafe(roles);
      for (const [role, password] of Object.entries(passwords)) {
        const [statement] = await transaction<{ text: string }[]>`
          select format('alter role %I password %L', ${role}::text, ${password}::text) as text`;
        if (statement) await transaction.unsafe(statement.text);
      }
    });
  });
}

/** Makes a database what a new Supabase project is before its first migration. May run again. */
export async function prepareDatabase(url: string): Promise<void> {
  const helpers = await readSql('auth-helpers.sql');
  await withSuperuser(url, async (sql) => {
    await sql.begin(async (transaction) => {
      await transaction.unsafe(getAuthSchemaSql());
      await transaction.unsafe(helpers);
    });
  });
}
