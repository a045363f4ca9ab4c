import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { postgresBinaries } from './postgres-binaries.js';
import { commandLineOf } from './process-identity.js';
import { closedParent } from './reachable.js';

const run = promisify(execFile);

export interface PostgresOptions {
  /** The cluster's folder; made when it holds no cluster yet. */
  dataDir: string;
  port: number;
  /** Of the superuser `postgres`. */
  password: string;
  /** For tests: nothing is kept safe from a power cut. */
  volatile?: boolean;
  onLine?: (line: string) => void;
}

export interface RunningPostgres {
  port: number;
  /** Resolves when the server is gone, on request or not. */
  exited: Promise<void>;
  stop(): Promise<void>;
}

export const superuserUrl = (port: number, password: string, database = 'postgres'): string =>
  `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;

/**
 * Starts Postgres on the loopback address, over an earlier cluster in `dataDir` or a new one. A server that was left
 * running on it is ended first.
 * @throws Error with the server's last lines when it does not start.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const binaries = postgresBinaries();
  const owner = serverOwner();
  if (owner) await assertReachable(options.dataDir);
  if (!existsSync(join(options.dataDir, 'PG_VERSION'))) await createCluster(binaries.initdb, options, owner);
  await endOrphanedPostgres(options.dataDir);

  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startServer(binaries.postgres, options, owner);
    } catch (error) {
      // The workers of a server that was killed hold its memory for a moment longer.
      if (attempt === 20 || !String(error).includes('pre-existing shared memory block')) throw error;
      await delay(500);
    }
  }
}

async function startServer(
  program: string,
  { dataDir, port, volatile, onLine }: PostgresOptions,
  owner: ServerOwner,
): Promise<RunningPostgres> {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'timezone=UTC',
    ...(volatile ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'] : []),
  ];
  const child = spawn(
    program,
    ['-D', dataDir, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    { ...owner, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  await untilReady(child, exited, onLine);
  return { port, exited, stop: () => stopServer(child, exited) };
}

type ServerOwner = { uid: number; gid: number } | undefined;

/** Postgres refuses to run as root: then it runs as the system's user `postgres`, made when there is none. */
function serverOwner(): ServerOwner {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: 'pipe' }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], { stdio: 'pipe' });
    return { uid: id('-u'), gid: id('-g') };
  }
}

async function assertReachable(dataDir: string): Promise<void> {
  await mkdir(dirname(dataDir), { recursive: true });
  const closed = closedParent(dataDir);
  if (closed === undefined) return;
  throw new Error(
    `Started by root, Postgres runs as the user "postgres", who may not enter ${closed}. ` +
      'Put its data in a folder that everybody may enter, or start it as an ordinary user.',
  );
}

/** Made beside its place and moved there when complete, so that an interrupted start leaves nothing half done. */
async function createCluster(
  initdb: string,
  { dataDir, password }: PostgresOptions,
  owner: ServerOwner,
): Promise<void> {
  const fresh = `${dataDir}.new`;
  const passwordFile = join(tmpdir(), `stf-postgres-${randomBytes(8).toString('hex')}`);
  await rm(fresh, { recursive: true, force: true });
  await rm(dataDir, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (owner) {
    await chown(fresh, owner.uid, owner.gid);
    await chown(passwordFile, owner.uid, owner.gid);
  }
  try {
    await run(
      initdb,
      [
        `--pgdata=${fresh}`,
        `--pwfile=${passwordFile}`,
        '--username=postgres',
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // Unicode's rules for letters on every system, whichever locales it has.
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        '--no-sync',
      ],
      { ...owner, env: { ...process.env, LC_ALL: 'C' } },
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(fresh, dataDir);
}

/** A server whose starter was killed still holds the cluster; `postmaster.pid` names it. */
export async function endOrphanedPostgres(dataDir: string): Promise<void> {
  const pidFile = join(dataDir, 'postmaster.pid');
  const [pidLine, folder] = (await readFile(pidFile, 'utf8').catch(() => '')).split('\n');
  const pid = Number(pidLine);
  if (!pid || !isServerOf(pid, folder)) return;
  process.kill(pid, 'SIGINT');
  for (let tries = 0; tries < 200 && isServerOf(pid, folder); tries += 1) {
    if (tries === 100) process.kill(pid, 'SIGQUIT');
    await delay(100);
  }
}

/** True when that pid is a Postgres started on that folder, and not a later process that was given the same pid. */
function isServerOf(pid: number, folder: string | undefined): boolean {
  const command = commandLineOf(pid);
  return folder !== undefined && command.includes('postgres') && command.includes(folder);
}

function untilReady(
  child: ChildProcess,
  exited: Promise<void>,
  onLine: PostgresOptions['onLine'],
): Promise<void> {
  const lines: string[] = [];
  return new Promise((resolvePromise, reject) => {
    const read = (chunk: Buffer) => {
      for (const line of chunk.toString('utf8').split('\n').filter(Boolean)) {
        lines.push(line);
        if (lines.length > 100) lines.shift();
        onLine?.(line);
        if (line.includes('database system is ready to accept connections')) resolvePromise();
      }
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', reject);
    void exited.then(() => reject(new Error(`Postgres did not start:\n${lines.join('\n')}`)));
  });
}

/** Fast shutdown: open transactions are rolled back, clients are cut off. After ten seconds it is not asked again. */
async function stopServer(child: ChildProcess, exited: Promise<void>): Promise<void> {
  child.kill('SIGINT');
  const late = setTimeout(() => child.kill('SIGQUIT'), 10_000);
  await exited;
  clearTimeout(late);
}

/** A connection of the superuser for a few statements; closed afterwards whatever happens. */
export async function withSuperuser<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined, connect_timeout: 30 });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
