import { z } from 'zod';
import { boardFetchLimits } from '../activities/boards/fetch-limits.js';
import { httpUrl, logLevel, port, wholeNumber } from '../domain/settings.js';
import { metricsPort, tracingSettings } from '../observability/settings.js';
import { settingsWithTemporalOrExit, temporalSettings } from '../temporal/settings.js';

/** A board's key: printable, without spaces. An empty one is none. */
const boardKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, { error: 'must be 1 to 200 printable characters without spaces' })
  .optional();

const buildId = z
  .string()
  .regex(/^[\w-]{1,100}$/, { error: 'must be 1 to 100 letters, digits, hyphens or underscores' });

/** `mail@example.com` or `Searching The Fox <mail@example.com>`. */
const mailAddress = z
  .string()
  .max(300)
  .regex(/^([^<>@\s]+@[^<>@\s]+|[^<>\r\n]* ?<[^<>@\s]+@[^<>@\s]+>)$/, {
    error: 'must be an address, such as Searching The Fox <mail@example.com>',
  });

/** The address is a secret, and so is what is told: plain HTTP reaches this machine alone. */
const webhookUrl = z.url({ error: 'must be a URL' }).refine(
  (url) => {
    if (!URL.canParse(url)) return false;
    const { protocol, hostname } = new URL(url);
    return (
      protocol === 'https:' ||
      (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname))
    );
  },
  { error: 'must be an https URL' },
);

/** Every setting of the worker. `.env.example` explains them. */
export const workerSettings = z
  .object({
    SUPABASE_URL: httpUrl,
    SUPABASE_SERVICE_ROLE_KEY: z.string().min(20),
    /** How long an activity waits for Supabase before it is tried again, in milliseconds. */
    SUPABASE_TIMEOUT_MS: wholeNumber(100, 120_000).default(10_000),
    /** How long a sync waits for a database that cannot be reached, in seconds. */
    SUPABASE_OUTAGE_SECONDS: wholeNumber(0, 300).default(120),
    LOG_LEVEL: logLevel.default('info'),
    /** With it the workers are versioned: workflows keep to the build that began them. Usually the commit's hash. */
    WORKER_BUILD_ID: buildId.optional(),
    WORKER_DEPLOYMENT_NAME: buildId.default('searching-the-fox'),
    /** `on`: new workflows go to this build as soon as its workers are ready. `off`: an operator moves them. */
    WORKER_BECOMES_CURRENT: z.enum(['on', 'off']).default('on'),
    /** The built workflows; without the file they are bundled at start, which takes some seconds. */
    WORKER_WORKFLOW_BUNDLE: z.string().min(1).default('build/workflow-bundle.js'),
    WORKER_HEALTH_HOST: z.string().default('127.0.0.1'),
    WORKER_HEALTH_PORT: port.default(3003),
    /** Where Prometheus reads the worker's metrics, the Temporal SDK's among them; without a port nowhere. */
    WORKER_METRICS_HOST: z
      .union([z.ipv4(), z.ipv6()], { error: 'must be an IP address' })
      .default('127.0.0.1'),
    WORKER_METRICS_PORT: metricsPort,
    /** How long activities may go on after a stop signal, in seconds. */
    WORKER_SHUTDOWN_GRACE_SECONDS: wholeNumber(0, 600).default(10),

    /** `live` calls the real boards, `sample` the sample boards server. */
    BOARDS_MODE: z.enum(['live', 'sample']).default('live'),
    BOARDS_SAMPLE_URL: httpUrl.default('http://127.0.0.1:3002'),
    /** Sample mode only: how long a source counts as fresh, in seconds. */
    SAMPLE_FRESH_SECONDS: wholeNumber(0, 86_400).default(120),
    /** Sample mode only: requests a second to each board instead of the board's own limit. */
    SAMPLE_REQUESTS_PER_SECOND: wholeNumber(1, 10_000).optional(),
    /** Boards that need these are not asked without them. */
    ADZUNA_APP_ID: boardKey,
    ADZUNA_APP_KEY: boardKey,
    /** Whose list Adzuna is asked for where no place is known: ISO 3166-1 alpha-2. */
    ADZUNA_COUNTRY: z
      .string()
      .toUpperCase()
      .regex(/^[A-Z]{2}$/, { error: 'must be a country, such as GB' })
      .default('GB'),
    REED_API_KEY: boardKey,
    USAJOBS_API_KEY: boardKey,
    USAJOBS_EMAIL: z.email().optional(),
    JOBSPY_URL: httpUrl.optional(),
    JOBSPY_SECRET: boardKey,
    BOARD_FAILURE_PAUSE_SECONDS: wholeNumber(0, 3_600).default(60),
    BOARD_MAX_RETRY_AFTER_SECONDS: wholeNumber(1, 600).default(60),

    /** A list that lacks more than this share of its source's postings, and at least so many, is doubted once. */
    DOUBTED_MISSING_PERCENT: wholeNumber(1, 100).default(50),
    DOUBTED_MISSING_LEAST: wholeNumber(1, 100_000).default(20),
    STATUS_CHECKS_PER_SYNC: wholeNumber(1, 10_000).default(500),
    /** Postings that no list named for so many days are closed; lists are noted once a week. */
    POSTING_UNSEEN_DAYS: wholeNumber(14, 365).default(30),
    POSTING_RETENTION_DAYS: wholeNumber(1, 3_650).default(90),
    QUERY_RETENTION_DAYS: wholeNumber(1, 3_650).default(30),
    /** Longer than `WATCHDOG_LOOKBACK_HOURS` may be: the watchdog finds every tick and alert that it asks for. */
    TICK_RETENTION_DAYS: wholeNumber(31, 3_650).default(90),
    TICK_REQUEST_RETENTION_DAYS: wholeNumber(31, 3_650).default(365),
    ALERT_RETENTION_DAYS: wholeNumber(31, 3_650).default(365),
    SWEEP_INTERVAL_SECONDS: wholeNumber(1, 86_400).default(3_600),
    SWEEP_ROWS_AT_A_TIME: wholeNumber(1, 100_000).default(1_000),

    MANUAL_RUNS_PER_HOUR: wholeNumber(1, 10_000).default(30),
    ACTIVE_RUNS_PER_USER: wholeNumber(1, 1_000).default(3),
    RESULTS_PER_BOARD: wholeNumber(1, 10_000).default(500),
    /** Of what fits a search, so many of the newest are ranked: what bounds a match. */
    POSTINGS_RANKED: wholeNumber(10, 100_000).default(500),
    COMPANIES_PER_USER: wholeNumber(1, 10_000).default(50),
    COMPANY_CHECKS_PER_HOUR: wholeNumber(1, 10_000).default(20),
    MARKED_JOBS_PER_USER: wholeNumber(1, 100_000).default(5_000),
    HIDDEN_COMPANIES_PER_USER: wholeNumber(1, 10_000).default(500),
    HIDDEN_WORDS_PER_USER: wholeNumber(1, 1_000).default(100),
    /** When hidden postings fill a match, at most so many more are ranked beside them. */
    HIDDEN_POSTINGS_RANKED: wholeNumber(1, 100_000).default(2_000),

    /** `paused`: they are created paused. `off`: they are removed. */
    SERVICE_SCHEDULES: z.enum(['on', 'paused', 'off']).default('on'),
    INACTIVE_DAYS: wholeNumber(1, 3_650).default(30),
    SCHEDULED_RUN_SPACING_SECONDS: wholeNumber(0, 86_400).default(900),
    /** Saved searches that one transaction of a tick deals with. */
    TICK_PAGE_SEARCHES: wholeNumber(1, 500).default(100),
    /** Such pages that one activity deals with. */
    TICK_PAGES_AT_A_TIME: wholeNumber(1, 100).default(10),
    TICK_STARTS_AT_A_TIME: wholeNumber(1, 200).default(20),
    TICK_ACTIVITIES_PER_EXECUTION: wholeNumber(1, 1_000).default(50),
    /** How long the runs of a tick wait for the boards to be freshened, in seconds. */
    TICK_FRESHEN_SECONDS: wholeNumber(1, 1_200).default(300),

    WATCHDOG_INTERVAL_SECONDS: wholeNumber(1, 86_400).default(300),
    WATCHDOG_GRACE_SECONDS: wholeNumber(0, 86_400).default(1_800),
    WATCHDOG_LOOKBACK_HOURS: wholeNumber(1, 720).default(24),
    WATCHDOG_ROWS_AT_A_TIME: wholeNumber(1, 1_000).default(200),

    /** The rules' thresholds; how often in a row a look has to find them passed is in `domain/alert-rules.ts`. */
    ALERT_FAILURE_PERCENT: wholeNumber(1, 100).default(30),
    ALERT_FAILURE_WINDOW_MINUTES: wholeNumber(5, 10_080).default(60),
    ALERT_FAILURE_LEAST_RUNS: wholeNumber(1, 100_000).default(10),
    ALERT_BOARD_FAILING_HOURS: wholeNumber(1, 720).default(6),
    ALERT_QUEUE_BACKLOG: wholeNumber(0, 10_000_000).default(1_000),
    ALERT_QUEUE_AGE_SECONDS: wholeNumber(1, 86_400).default(600),
    ALERT_DISK_FREE_PERCENT: wholeNumber(1, 100).default(10),
    /** Where the worker runs: the disks under these are looked at. */
    ALERT_DISK_PATHS: z
      .string()
      .default('.')
      .transform((paths) => [...new Set(paths.split(',').map((path) => path.trim()))].filter(Boolean)),
    ALERT_DATABASE_MB: wholeNumber(1, 100_000_000).default(8_000),
    ALERT_RUN_MINUTES: wholeNumber(1, 10_080).default(60),
    /** A Slack incoming webhook. */
    ALERT_SLACK_WEBHOOK_URL: webhookUrl.optional(),
    ALERT_SLACK_TIMEOUT_MS: wholeNumber(100, 60_000).default(10_000),

    RECONCILE_INTERVAL_SECONDS: wholeNumber(1, 3_600).default(10),
    RECONCILE_PENDING_SECONDS: wholeNumber(1, 3_600).default(5),
    RECONCILE_QUIET_SECONDS: wholeNumber(1, 3_600).default(15),
    RECONCILE_TERMINATE_SECONDS: wholeNumber(1, 3_600).default(120),
    RECONCILE_RUNS_AT_A_TIME: wholeNumber(1, 10_000).default(500),
    RECONCILE_LOOKUPS_AT_A_TIME: wholeNumber(1, 100).default(10),
    /** How often changed own times are brought to Temporal, and how often all are compared with it. */
    RECONCILE_SCHEDULES_INTERVAL_SECONDS: wholeNumber(1, 3_600).default(10),
    COMPARE_SCHEDULES_INTERVAL_SECONDS: wholeNumber(1, 86_400).default(900),
    RECONCILE_SCHEDULES_AT_A_TIME: wholeNumber(1, 10_000).default(500),
    /** How late an own time that Temporal could not keep is made up for. */
    OWN_TIMES_CATCHUP_SECONDS: wholeNumber(10, 86_400).default(3_600),

    /** `smtp://` or `smtps://`, with user and password in it; without it no mail is sent. */
    SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be an smtp(s) URL' }).optional(),
    /** Needed with `SMTP_URL`: an address that the server lets us send from, which nothing can stand in for. */
    MAIL_FROM: mailAddress.optional(),
    /** Where the mails' links lead. */
    SITE_URL: httpUrl.default('http://127.0.0.1:3000').transform((url) => url.replace(/\/+$/, '')),
    /** Whom the service's own alerts are mailed to. */
    ALERT_EMAIL: z.email().optional(),
    /** How long the mail server may be silent, in milliseconds. */
    SMTP_TIMEOUT_MS: wholeNumber(100, 120_000).default(20_000),
    /** Mails that one worker sends at a time, each over a connection of its own. */
    MAILS_AT_A_TIME: wholeNumber(1, 100).default(4),

    /** How often the mail that is due is sent. */
    DIGEST_INTERVAL_SECONDS: wholeNumber(1, 3_600).default(60),
    /** Of what is new a digest shows so many searches, and so many jobs of each. */
    DIGEST_SEARCHES: wholeNumber(1, 100).default(20),
    DIGEST_POSTINGS: wholeNumber(1, 100).default(10),
    /** A daily digest goes out so much later than its time, so that a tick of that minute is in it. */
    DIGEST_DAILY_GRACE_SECONDS: wholeNumber(0, 3_600).default(300),
    /** How long the digests of a tick that was broken off wait for it to go on. */
    DIGEST_TICK_SECONDS: wholeNumber(60, 86_400).default(7_200),
    /** Digests that could not be sent for so long are dropped. */
    DIGEST_LATE_HOURS: wholeNumber(25, 720).default(72),
    DIGEST_RETENTION_DAYS: wholeNumber(2, 3_650).default(30),
    /** How long before their searches rest people are told. */
    REST_NOTICE_DAYS: wholeNumber(1, 30).default(3),
    /** People whose mails are sent side by side in one execution. */
    MAILS_A_PAGE: wholeNumber(1, 500).default(50),
    /** A mail that the server put off waits so long, longer with each attempt. */
    MAIL_PAUSE_SECONDS: wholeNumber(1, 3_600).default(300),

    /** Workflow executions kept in memory between tasks. */
    WORKER_CACHED_WORKFLOWS: wholeNumber(1, 10_000).default(500),
    WORKER_WORKFLOW_TASKS: wholeNumber(2, 1_000).default(40),
    WORKER_DATABASE_ACTIVITIES: wholeNumber(1, 1_000).default(50),
    /** Of scheduled runs so many steps are at work at a time: more of them end sooner, and people who wait wait longer. */
    WORKER_SCHEDULED_WORKFLOW_TASKS: wholeNumber(2, 1_000).default(2),
    WORKER_SCHEDULED_ACTIVITIES: wholeNumber(1, 1_000).default(2),
    /**
     * A person's run, and a tick that starts its runs, is taken to go on for so long after each of its steps, and a scheduled
     * run's step waits at most so long for it, in milliseconds.
     */
    PEOPLE_QUIET_MS: wholeNumber(0, 60_000).default(250),
    SCHEDULED_STEP_WAIT_MS: wholeNumber(0, 10_000).default(400),
    WORKER_CACHED_SCHEDULED_WORKFLOWS: wholeNumber(1, 10_000).default(100),
    /** Runs' boards that wait for a sync at a time: each costs a heartbeat, not a thread. */
    WORKER_SYNC_WAITS: wholeNumber(1, 10_000).default(2_000),
    WORKER_SYNCS_PER_BOARD: wholeNumber(1, 100).default(4),
    /** Companies of one board that one run waits for at a time. */
    SYNCS_AT_A_TIME: wholeNumber(1, 1_000).default(16),
  })
  .extend(boardFetchLimits.shape)
  .extend(tracingSettings.shape)
  .extend(temporalSettings.shape)
  .refine(({ SMTP_URL, MAIL_FROM }) => SMTP_URL === undefined || MAIL_FROM !== undefined, {
    path: ['MAIL_FROM'],
    // Whatever else is wrong is named beside it.
    when: () => true,
  });
export type WorkerSettings = z.infer<typeof workerSettings>;

export const readWorkerSettings = () => settingsWithTemporalOrExit(workerSettings);
