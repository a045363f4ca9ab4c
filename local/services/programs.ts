import { apiSettings } from '../../api/config.js';
import { tracingSettings } from '../../observability/settings.js';
import { workerSettings } from '../../worker/config.js';
import { sampleBoardsSettings } from '../boards/config.js';
import { mailboxSettings } from '../mailbox/config.js';
import { jobspyPython } from './jobspy-python.js';
import type { Program } from './process.js';

export type ProgramName = 'boards' | 'jobspy' | 'mailbox' | 'worker' | 'api' | 'web';

interface ProgramKind {
  title: string;
  args: string[];
  /** Another program than Node. */
  executable?: string;
  /** The only settings the program is given. */
  settings: string[];
  /** What the system's own parts of it are told, beside its settings. */
  environment?: Record<string, string>;
  /** The setting of the port it answers on. */
  portSetting: string;
  /** Answers 2xx when the program is ready. */
  readyPath: string;
}

const viaTsx = (module: string) => ['--import', 'tsx', module];

/** The worker waits for others most of its time: a small heap costs it little, and saves a quarter of its memory. */
const smallHeap = ['--max-semi-space-size=2', '--optimize-for-size'];

/** Each of its many threads would keep memory of its own back: an eighth of the process after big answers. */
const fewArenas = { MALLOC_ARENA_MAX: '2' };

/** The project's own programs, as they are started here, in tests and by a deployment. */
export const programKinds: Record<ProgramName, ProgramKind> = {
  boards: {
    title: 'Sample boards',
    args: viaTsx('local/boards/main.ts'),
    settings: Object.keys(sampleBoardsSettings.shape),
    portSetting: 'BOARDS_PORT',
    readyPath: '/readyz',
  },
  jobspy: {
    title: 'JobSpy service',
    executable: jobspyPython,
    args: ['jobspy-service/main.py'],
    // Read by jobspy-service/jobspy_service/settings.py; a test compares the two.
    settings: [
      'JOBSPY_HOST',
      'JOBSPY_PORT',
      'JOBSPY_SECRET',
      'JOBSPY_SECRET_BEFORE',
      'JOBSPY_SITES_URL',
      'JOBSPY_DEFAULT_COUNTRY',
      'JOBSPY_SCRAPES_AT_ONCE',
      'JOBSPY_BUSY_RETRY_AFTER_SECONDS',
      'JOBSPY_SITE_TIMEOUT_SECONDS',
      'JOBSPY_BODY_LIMIT_BYTES',
      'JOBSPY_SHUTDOWN_GRACE_SECONDS',
      'LOG_LEVEL',
    ],
    portSetting: 'JOBSPY_PORT',
    readyPath: '/healthz',
  },
  mailbox: {
    title: 'Mailbox',
    args: viaTsx('local/mailbox/main.ts'),
    settings: Object.keys(mailboxSettings.shape),
    portSetting: 'MAILBOX_PORT',
    readyPath: '/readyz',
  },
  worker: {
    title: 'Worker',
    args: [...smallHeap, '--enable-source-maps', 'build/worker.js'],
    environment: fewArenas,
    settings: Object.keys(workerSettings.shape),
    portSetting: 'WORKER_HEALTH_PORT',
    readyPath: '/readyz',
  },
  api: {
    title: 'API',
    args: ['--enable-source-maps', 'build/api.js'],
    settings: Object.keys(apiSettings.shape),
    portSetting: 'API_PORT',
    readyPath: '/readyz',
  },
  web: {
    title: 'Website',
    args: ['node_modules/@remix-run/serve/dist/cli.js', 'build/web/server/index.js'],
    settings: [
      'HOST',
      'PORT',
      'API_URL',
      'SESSION_SECRET',
      'SESSION_SECRET_BEFORE',
      'API_TIMEOUT_MS',
      'LOG_LEVEL',
      'SITE_METRICS_HOST',
      'SITE_METRICS_PORT',
      ...Object.keys(tracingSettings.shape),
    ],
    portSetting: 'PORT',
    readyPath: '/sign-in',
  },
};

/** A program with the settings that are its own out of all that are set. */
export function programOf(name: ProgramName, settings: Record<string, string | undefined>): Program {
  const kind = programKinds[name];
  const own = kind.settings.flatMap((key) => {
    const value = settings[key];
    return value === undefined ? [] : [[key, value] as const];
  });
  return {
    name: kind.title,
    args: kind.args,
    ...(kind.executable && { executable: kind.executable }),
    env: { NODE_ENV: 'production', ...kind.environment, ...Object.fromEntries(own) },
  };
}

export const readyUrl = (name: ProgramName, port: number | string): string =>
  `http://127.0.0.1:${port}${programKinds[name].readyPath}`;
