import { z } from 'zod';
import { httpUrl, logLevel, port, textFile, wholeNumber } from '../domain/settings.js';
import { metricsPort, tracingSettings } from '../observability/settings.js';
import { settingsWithTemporalOrExit, temporalSettings } from '../temporal/settings.js';
import { databaseUrl } from './database-connection.js';

const sharedSecret = z
  .string()
  .regex(/^[\x21-\x7e]{32,200}$/, { error: 'must be 32 to 200 printable characters without spaces' });

/** Every setting of the API. `.env.example` explains them. */
export const apiSettings = tracingSettings.extend(temporalSettings.shape).extend({
  API_HOST: z.string().default('127.0.0.1'),
  API_PORT: port.default(3001),
  LOG_LEVEL: logLevel.default('info'),
  /** Where Prometheus reads the API's metrics; without a port nowhere. */
  API_METRICS_HOST: z.string().default('127.0.0.1'),
  API_METRICS_PORT: metricsPort,

  SUPABASE_URL: httpUrl,
  SUPABASE_ANON_KEY: z.string().min(20),
  /** Where Supabase signs with a shared secret; with asymmetric keys its JWKS is used and this stays empty. */
  SUPABASE_JWT_SECRET: z.string().min(32).optional(),
  /** How often at most the JWKS is read again for a key that it did not have. */
  SUPABASE_JWKS_COOLDOWN_SECONDS: wholeNumber(0, 86_400).default(30),
  /** How long a request waits for Supabase, in milliseconds. */
  SUPABASE_TIMEOUT_MS: wholeNumber(100, 120_000).default(10_000),
  /** Connections to Supabase at once; more requests wait for one. */
  SUPABASE_CONNECTIONS: wholeNumber(1, 10_000).default(64),
  /** For LISTEN and NOTIFY only: the role needs no right on any table. */
  DATABASE_URL: databaseUrl,
  /** The certificate of the CA that signed the database's, a PEM file; what is kept here is its text. */
  DATABASE_CA_FILE: textFile.optional(),

  /** The Temporal Web UI as operators reach it: where links to workflows lead. */
  TEMPORAL_UI_URL: httpUrl.optional(),
  /** How long a request waits for Temporal before the reconciler takes the run over, in milliseconds. */
  TEMPORAL_START_TIMEOUT_MS: wholeNumber(100, 30_000).default(2_000),

  /** Told to people, so that made-up postings are never taken for real ones. */
  BOARDS_MODE: z.enum(['live', 'sample']).default('live'),

  /** The site as people reach it: where links in feeds lead. */
  SITE_URL: httpUrl.default('http://127.0.0.1:3000'),
  /** Postings in a feed, the newest. */
  FEED_ITEMS: wholeNumber(1, 1_000).default(50),
  /** The last runs of a saved search whose finds its feed tells. */
  FEED_RUNS: wholeNumber(1, 1_000).default(30),
  /** Readings of feeds a minute from one address. */
  FEED_REQUESTS_PER_MINUTE: wholeNumber(1, 1_000_000).default(60),
  /** Rows that an export holds at most. */
  EXPORT_ROWS: wholeNumber(1, 100_000).default(10_000),
  EXPORTS_PER_MINUTE: wholeNumber(1, 1_000_000).default(10),

  BODY_LIMIT_BYTES: wholeNumber(1_024, 10_485_760).default(65_536),
  REQUESTS_PER_MINUTE: wholeNumber(1, 1_000_000).default(120),
  /** Sign-ups and sign-ins a minute from one address. */
  SIGN_INS_PER_MINUTE: wholeNumber(1, 1_000_000).default(20),
  /** Attempts with one account's address in the window, from wherever, whether or not there is such an account. */
  SIGN_INS_PER_ACCOUNT: wholeNumber(1, 1_000_000).default(20),
  SIGN_IN_WINDOW_SECONDS: wholeNumber(1, 86_400).default(900),
  /** Signing up or in takes so long at least, in milliseconds, so that its time does not tell who has an account. */
  SIGN_IN_LEAST_MS: wholeNumber(0, 10_000).default(500),
  /** Uses of mails' unsubscribe links a minute from one address: a mail program's server uses many people's. */
  UNSUBSCRIBES_PER_MINUTE: wholeNumber(1, 1_000_000).default(120),
  /** Live streams one person may hold open. */
  STREAMS_PER_USER: wholeNumber(1, 1_000).default(20),
  /** Live streams one process may hold open: each is a connection of its own. */
  STREAMS_PER_PROCESS: wholeNumber(1, 100_000).default(2_000),
  STREAM_HEARTBEAT_SECONDS: wholeNumber(1, 300).default(15),
  /** How long a client may leave an event unread before it is dropped. */
  STREAM_STALL_SECONDS: wholeNumber(1, 3_600).default(30),
  /** How long the process may hear nothing from the database before it ends its streams. */
  LISTEN_SILENCE_SECONDS: wholeNumber(1, 3_600).default(10),
  /** How long the listener waits before its second attempt in a row to connect, doubled with each, and at most; never more than a third of that silence. */
  LISTEN_RECONNECT_FIRST_MS: wholeNumber(10, 60_000).default(250),
  LISTEN_RECONNECT_LONGEST_MS: wholeNumber(10, 600_000).default(3_000),
  /** With one of these, ticks can be asked for from outside. That before is good as well, so that each can change. */
  TICK_TRIGGER_SECRET: sharedSecret.optional(),
  TICK_TRIGGER_SECRET_BEFORE: sharedSecret.optional(),
  CRON_SECRET: sharedSecret.optional(),
  CRON_SECRET_BEFORE: sharedSecret.optional(),
  /** How far the time of a signed request may be from now, in seconds. */
  TICK_TRIGGER_TOLERANCE_SECONDS: wholeNumber(1, 3_600).default(300),
  /** From one address. */
  TICK_TRIGGERS_PER_MINUTE: wholeNumber(1, 1_000).default(10),
  /**
   * The key under which the audit log keeps from which address a person acted. Without it, it keeps nothing of it.
   */
  ADDRESS_HASH_SECRET: sharedSecret.optional(),
  /** Addresses whose X-Forwarded-For is believed: the site's. */
  TRUSTED_PROXIES: z.string().default('127.0.0.1,::1'),
});
export type ApiSettings = z.infer<typeof apiSettings>;

export const readApiSettings = () => settingsWithTemporalOrExit(apiSettings);
