import type { SupabaseClient } from '@supabase/supabase-js';
import type { Client } from '@temporalio/client';
import { createTermsOf, type TermsOf } from '../activities/board-terms.js';
import type { BoardSettings, FetchJson } from '../activities/boards/board.js';
import { createFetchJson } from '../activities/boards/fetch-json.js';
import type { Mailer } from '../activities/mail/mailer.js';
import { createSmtpMailer } from '../activities/mail/smtp-mailer.js';
import { createRightOfWay, type RightOfWay } from '../activities/right-of-way.js';
import type { WorkerSettings } from './config.js';
import { createServiceClient } from './supabase.js';
import { connectTemporal } from './temporal.js';
import { tracedClient } from './tracing.js';

/** What the activities work with. */
export interface Dependencies {
  supabase: SupabaseClient;
  temporal: Client;
  fetchJson: FetchJson;
  boardSettings: BoardSettings;
  termsOf: TermsOf;
  /** Of people's runs over the schedules'. */
  rightOfWay: RightOfWay;
  /** Nothing where no mail server is set: then there is no mail. */
  mailer: Mailer | undefined;
  close(): Promise<void>;
}

/** @throws when Temporal cannot be reached. */
export async function connectDependencies(
  settings: WorkerSettings,
  isTraced: boolean,
): Promise<Dependencies> {
  const sample = settings.BOARDS_MODE === 'sample';
  const temporal = await connectTemporal(settings, isTraced ? tracedClient() : []);
  const fetchJson = createFetchJson({
    limits: settings,
    services: settings.JOBSPY_URL ? [settings.JOBSPY_URL] : [],
    ...(sample ? { mode: 'sample', sampleUrl: settings.BOARDS_SAMPLE_URL } : { mode: 'live' }),
  });
  const mailer = createMailer(settings);
  return {
    supabase: createServiceClient(settings),
    temporal,
    fetchJson,
    boardSettings: settings,
    termsOf: createTermsOf(
      sample
        ? {
            freshSeconds: settings.SAMPLE_FRESH_SECONDS,
            requestsPerSecond: settings.SAMPLE_REQUESTS_PER_SECOND,
          }
        : undefined,
    ),
    rightOfWay: createRightOfWay({
      quietMs: settings.PEOPLE_QUIET_MS,
      longestMs: settings.SCHEDULED_STEP_WAIT_MS,
    }),
    mailer,
    async close() {
      mailer?.close();
      await fetchJson.close();
      await temporal.connection.close();
    },
  };
}

function createMailer(settings: WorkerSettings): Mailer | undefined {
  const { SMTP_URL: url, MAIL_FROM: from } = settings;
  // The settings have both or no server.
  if (url === undefined || from === undefined) return undefined;
  return createSmtpMailer({
    url,
    from,
    connections: settings.MAILS_AT_A_TIME,
    timeoutMs: settings.SMTP_TIMEOUT_MS,
  });
}
