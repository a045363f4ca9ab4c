import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../services/ports.js';
import { superuserUrl } from '../services/postgres.js';
import { baseEnvironment } from '../services/process.js';
import { identify, isAlive, type ProcessIdentity } from '../services/process-identity.js';
import { inProject, projectRoot } from '../services/project-root.js';
import type { StackSecrets } from '../services/secrets.js';
import { waitFor } from './wait-for.js';

/** What runs as processes of its own. */
export const parts = [
  'web',
  'api',
  'worker',
  'supabase',
  'postgrest',
  'postgres',
  'temporal',
  'boards',
] as const;
export type Part = (typeof parts)[number];

/** The whole product as `npm start` runs it, on data and ports of its own. */
export interface Product {
  siteUrl: string;
  apiUrl: string;
  supabaseUrl: string;
  anonKey: string;
  databaseUrl: string;
  temporalAddress: string;
  /** The main process of a part; undefined while it is down. */
  processOf(part: Part): ProcessIdentity | undefined;
  stop(): Promise<void>;
}

const portSettings = [
  'WEB_PORT',
  'API_PORT',
  'BOARDS_PORT',
  'WORKER_HEALTH_PORT',
  'SUPABASE_PORT',
  'POSTGRES_PORT',
  'TEMPORAL_PORT',
  'TEMPORAL_UI_PORT',
  'MAILBOX_PORT',
  'SMTP_PORT',
] as const;

/**
 * @param settings of all its processes.
 * @throws Error with what it said when it does not get ready.
 */
export async function startProduct(settings: Record<string, string>): Promise<Product> {
  const folder = await mkdtemp(join(tmpdir(), 'stf-product-'));
  // Started by root, Postgres runs as another user, who has to get in.
  await chmod(folder, 0o755);
  const ports = {} as Record<(typeof portSettings)[number], number>;
  for (const setting of portSettings) ports[setting] = await freePort();

  const { STF_KEPT_LOGS: keptLogs } = process.env;
  const env = {
    ...settings,
    ...baseEnvironment(),
    STF_DATA_DIR: folder,
    ...(keptLogs && { STF_KEPT_LOGS: keptLogs }),
  };
  const child = spawn(process.execPath, ['--import', 'tsx', inProject('local/main.ts')], {
    cwd: projectRoot,
    env: { ...env, ...mapValues(ports, String) } as unknown as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await untilReady(child);
  } catch (error) {
    await stop();
    throw error;
  }

  const secrets = JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8')) as StackSecrets;
  const at = (port: number) => `http://127.0.0.1:${port}`;
  return {
    siteUrl: at(ports.WEB_PORT),
    apiUrl: at(ports.API_PORT),
    supabaseUrl: at(ports.SUPABASE_PORT),
    anonKey: secrets.anonKey,
    databaseUrl: superuserUrl(ports.POSTGRES_PORT, secrets.postgresPassword),
    temporalAddress: `127.0.0.1:${ports.TEMPORAL_PORT}`,
    processOf: (part) => processIn(folder, part),
    stop,
  };
}

async function untilReady(child: ChildProcess): Promise<void> {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-20_000)));
  }
  await waitFor(() => child.exitCode !== null || output.includes('Ctrl-C stops everything'), {
    what: 'the product to start',
    timeoutMs: 300_000,
  });
  if (child.exitCode !== null) throw new Error(`the product did not start:\n${output}`);
}

function processIn(folder: string, part: Part): ProcessIdentity | undefined {
  try {
    if (part === 'postgres') {
      const [pid] = readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
      return identify(Number(pid));
    }
    // PostgREST is a child of the local Supabase, which ends with it.
    const file = part === 'postgrest' ? 'supabase' : part;
    const noted = JSON.parse(
      readFileSync(join(folder, 'processes', `${file}.json`), 'utf8'),
    ) as ProcessIdentity[];
    const [main] = noted;
    if (!main || !isAlive(main)) return undefined;
    return part === 'postgrest' ? (childOf(main.pid, 'postgrest') ?? main) : main;
  } catch {
    // Its file is not there, or half written: it is being started.
    return undefined;
  }
}

/** A process among the descendants of another, by its program's name. Linux tells. */
function childOf(parent: number, name: string): ProcessIdentity | undefined {
  const children = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').split(' ').filter(Boolean);
  for (const pid of children.map(Number)) {
    if (readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === name) return identify(pid);
    const deeper = childOf(pid, name);
    if (deeper) return deeper;
  }
  return undefined;
}

const mapValues = <K extends string, V, W>(values: Record<K, V>, map: (value: V) => W) =>
  Object.fromEntries(Object.entries<V>(values).map(([key, value]) => [key, map(value)])) as Record<K, W>;
