import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import postgres from 'postgres';
import { withFreePort } from '../services/ports.js';
import { superuserUrl, withSuperuser } from '../services/postgres.js';
import { launch, type RunningProcess, whenReady } from '../services/process.js';
import type { ProgramName } from '../services/programs.js';
import type { StackSecrets } from '../services/secrets.js';
import { startTemporal } from '../services/temporal.js';
import { findTemporalCli } from '../services/temporal-cli.js';
import { startTestProgram, type TestProgram } from './test-program.js';
import { templateDatabase, testServer } from './test-server.js';
import { createTestUser, type TestUser } from './test-user.js';

export type { TestProgram, TestUser };

export interface TestStackOptions {
  /** A Temporal server of its own, in memory. */
  temporal?: boolean;
  /** Supabase's HTTP address; without it the suite has its database only. On by default. */
  supabase?: boolean;
  /** How long access tokens are good for, in seconds. */
  accessTokenSeconds?: number;
  /** Supabase Lite serves the data too, as on a machine without PostgREST. */
  restServer?: 'auto' | 'lite';
}

export interface TestStack {
  /** Empty without `supabase`. */
  supabaseUrl: string;
  anonKey: string;
  serviceRoleKey: string;
  jwtSecret: string;
  /** Of the superuser. */
  databaseUrl: string;
  /** Of the role `run_listener`. */
  listenerUrl: string;
  /** A client of the superuser. */
  sql: postgres.Sql;
  /** Empty without `temporal`. */
  temporalAddress: string;
  /** Every setting of the stack, of which each program is given its own. */
  env: Record<string, string>;
  createUser(email?: string): Promise<TestUser>;
  /** Somebody whose tokens say that they are an admin. */
  createAdmin(): Promise<TestUser>;
  /** Starts one of the project's programs on a free port and waits until it is ready. */
  startProcess(name: ProgramName, extraEnv?: Record<string, string>): Promise<TestProgram>;
  /** Ends everything that was started and drops the database. */
  stop(): Promise<void>;
}

/**
 * A suite's own stack: a database copied from the migrated one, and on request its own Supabase and Temporal.
 * For `beforeAll`; `stop` it in `afterAll`.
 */
export async function startTestStack(options: TestStackOptions = {}): Promise<TestStack> {
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const step of undo.reverse().splice(0)) await step();
  };
  try {
    return await start(options, undo, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  options: TestStackOptions,
  undo: (() => Promise<unknown>)[],
  stop: () => Promise<void>,
): Promise<TestStack> {
  const server = testServer();
  const secrets = JSON.parse(await readFile(server.secretsFile, 'utf8')) as StackSecrets;
  const database = await createDatabase(server.port, secrets, undo);
  const databaseUrl = superuserUrl(server.port, secrets.postgresPassword, database);
  const listener = new URL(databaseUrl);
  listener.username = 'run_listener';
  listener.password = secrets.listenerPassword;
  const sql = postgres(databaseUrl, { max: 5, onnotice: () => undefined });
  undo.push(() => sql.end({ timeout: 2 }));

  const [supabaseUrl, temporalAddress] = await Promise.all([
    options.supabase === false ? '' : startSupabase(databaseUrl, server.secretsFile, options, undo),
    options.temporal ? startOwnTemporal(undo) : '',
  ]);
  const env: Record<string, string> = {
    ...(supabaseUrl && { SUPABASE_URL: supabaseUrl }),
    SUPABASE_ANON_KEY: secrets.anonKey,
    SUPABASE_SERVICE_ROLE_KEY: secrets.serviceRoleKey,
    SUPABASE_JWT_SECRET: secrets.jwtSecret,
    DATABASE_URL: listener.href,
    ...(temporalAddress && { TEMPORAL_ADDRESS: temporalAddress }),
    SESSION_SECRET: secrets.sessionSecret,
    BOARDS_MODE: 'sample',
    // The time of the day is no test's: those of schedules ask for them.
    SERVICE_SCHEDULES: 'off',
    LOG_LEVEL: 'info',
  };
  return {
    supabaseUrl,
    anonKey: secrets.anonKey,
    serviceRoleKey: secrets.serviceRoleKey,
    jwtSecret: secrets.jwtSecret,
    databaseUrl,
    listenerUrl: listener.href,
    sql,
    temporalAddress,
    env,
    createUser: (email) => createTestUser(supabaseUrl, secrets.anonKey, email),
    createAdmin: async () => {
      const { email, ...user } = await createTestUser(supabaseUrl, secrets.anonKey);
      await sql`select set_admin(${email}, true)`;
      const { data, error } = await user.client.auth.refreshSession();
      if (error || !data.session) throw error ?? new Error('the session was not renewed');
      return { ...user, email, accessToken: data.session.access_token };
    },
    startProcess: async (name, extraEnv = {}) => {
      const program = await startTestProgram(name, { ...env, ...extraEnv });
      undo.push(() => program.stop());
      // What is started later finds what was started before.
      if (name === 'boards') env.BOARDS_SAMPLE_URL = program.url;
      if (name === 'api') env.API_URL = program.url;
      return program;
    },
    stop,
  };
}

async function createDatabase(
  port: number,
  secrets: StackSecrets,
  undo: (() => Promise<unknown>)[],
): Promise<string> {
  const name = `suite_${randomBytes(6).toString('hex')}`;
  const admin = superuserUrl(port, secrets.postgresPassword);
  const statement = (text: string) => withSuperuser(admin, (sql) => sql.unsafe(text));
  await statement(`create database ${name} template ${templateDatabase}`);
  undo.push(() => statement(`drop database ${name} with (force)`));
  return name;
}

async function startSupabase(
  databaseUrl: string,
  secretsFile: string,
  { accessTokenSeconds = 3_600, restServer = 'auto' }: TestStackOptions,
  undo: (() => Promise<unknown>)[],
): Promise<string> {
  let url = '';
  const started: RunningProcess = launch(
    {
      name: 'Supabase',
      args: ['build/local/supabase.js'],
      env: {
        SUPABASE_PORT: '0',
        POSTGRES_URL: databaseUrl,
        SECRETS_FILE: secretsFile,
        ACCESS_TOKEN_SECONDS: String(accessTokenSeconds),
        REST_SERVER: restServer,
      },
    },
    {
      onMessage: (message) => {
        url = (message as { ready?: { url: string } }).ready?.url ?? url;
      },
    },
  );
  undo.push(() => started.stop());
  await whenReady(started, async () => url !== '');
  return url;
}

async function startOwnTemporal(undo: (() => Promise<unknown>)[]): Promise<string> {
  const cli = await findTemporalCli();
  const temporal = await withFreePort((port) => startTemporal(cli, { port }));
  undo.push(() => temporal.process.stop());
  return temporal.address;
}
