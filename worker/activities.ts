import { createCheckCompanyActivities, createCompanyOutcomeActivities } from '../activities/check-company.js';
import { createFreshenActivities } from '../activities/freshen-board.js';
import { createLeaveSyncsActivities } from '../activities/leave-syncs.js';
import {
  createDueMailActivities,
  createSendMailActivities,
  type MailTiming,
} from '../activities/mail/send-mail.js';
import { createTickRequestActivities } from '../activities/note-tick-request.js';
import { createReconcileActivities } from '../activities/reconcile-runs.js';
import { createReconcileSchedulesActivities } from '../activities/reconcile-schedules.js';
import { createTickActivities } from '../activities/refresh-tick.js';
import { createRpc, patientRpc } from '../activities/rpc.js';
import { createRunActivities } from '../activities/run-activities.js';
import { createSearchBoardActivities } from '../activities/search-board.js';
import { createSweepActivities } from '../activities/sweep-postings.js';
import { createSyncOutcomeActivities } from '../activities/sync-outcome.js';
import { createSyncSourceActivities } from '../activities/sync-source.js';
import { createWatchActivities } from '../activities/watch-schedules.js';
import { alertChannels, alertThresholds, watchedQueues } from './alerts.js';
import { createScheduleRepair, scheduleState } from './apply-schedules.js';
import type { WorkerSettings } from './config.js';
import type { Dependencies } from './dependencies.js';
import type { WorkerMetrics } from './metrics.js';
import { createOwnSchedules } from './own-schedules.js';
import { definedServiceSchedules } from './schedules.js';
import { createSyncs } from './syncs.js';
import { createCompanyChecks, createRunWorkflows } from './temporal.js';

export type WorkerActivities = ReturnType<typeof createActivities>;

/** Every activity with its dependencies, by the task queue that it runs on. */
export function createActivities(
  settings: WorkerSettings,
  { supabase, temporal, fetchJson, boardSettings, termsOf, mailer, rightOfWay }: Dependencies,
  { observedRpc, observeRequest, observedChannel }: WorkerMetrics,
) {
  const rpc = observedRpc(createRpc(supabase));
  const maxRetryAfterSeconds = settings.BOARD_MAX_RETRY_AFTER_SECONDS;
  const workflows = createRunWorkflows(temporal);
  const syncs = createSyncs(temporal);
  const asking = { fetchJson, observeRequest, boardSettings, termsOf, maxRetryAfterSeconds };
  const leaveSyncs = createLeaveSyncsActivities({ rpc, syncs });
  const patient = patientRpc(rpc, settings.SUPABASE_OUTAGE_SECONDS);
  const mailTiming: MailTiming = {
    tickSeconds: settings.DIGEST_TICK_SECONDS,
    graceSeconds: settings.DIGEST_DAILY_GRACE_SECONDS,
    inactiveDays: settings.INACTIVE_DAYS,
    restNoticeDays: settings.REST_NOTICE_DAYS,
  };

  return {
    runs: {
      ...createRunActivities({ rpc: rightOfWay.goesFirst(rpc), termsOf, boardSettings }),
      ...leaveSyncs,
      ...createSyncOutcomeActivities({ rpc, failurePauseSeconds: settings.BOARD_FAILURE_PAUSE_SECONDS }),
      ...createCompanyOutcomeActivities({ rpc }),
      ...createSweepActivities({
        rpc,
        unseenDays: settings.POSTING_UNSEEN_DAYS,
        retentionDays: settings.POSTING_RETENTION_DAYS,
        queryDays: settings.QUERY_RETENTION_DAYS,
        tickDays: settings.TICK_RETENTION_DAYS,
        tickRequestDays: settings.TICK_REQUEST_RETENTION_DAYS,
        alertDays: settings.ALERT_RETENTION_DAYS,
        rowsAtATime: settings.SWEEP_ROWS_AT_A_TIME,
      }),
      ...createTickRequestActivities({ rpc }),
      ...createTickActivities({
        rpc,
        boardSettings,
        workflows,
        rightOfWay,
        inactiveDays: settings.INACTIVE_DAYS,
        spacingSeconds: settings.SCHEDULED_RUN_SPACING_SECONDS,
        retentionDays: settings.TICK_RETENTION_DAYS,
        searchesAPage: settings.TICK_PAGE_SEARCHES,
        pagesAtATime: settings.TICK_PAGES_AT_A_TIME,
        startsAtATime: settings.TICK_STARTS_AT_A_TIME,
        pagesPerExecution: settings.TICK_ACTIVITIES_PER_EXECUTION,
        freshenSeconds: settings.TICK_FRESHEN_SECONDS,
      }),
      ...createDueMailActivities({
        rpc,
        mailer,
        timing: mailTiming,
        peopleAPage: settings.MAILS_A_PAGE,
        lateHours: settings.DIGEST_LATE_HOURS,
        retentionDays: settings.DIGEST_RETENTION_DAYS,
      }),
      ...createReconcileActivities({
        rpc,
        workflows,
        schedules: createScheduleRepair(temporal, settings),
        companyChecks: createCompanyChecks(temporal),
        pendingSeconds: settings.RECONCILE_PENDING_SECONDS,
        quietSeconds: settings.RECONCILE_QUIET_SECONDS,
        terminateSeconds: settings.RECONCILE_TERMINATE_SECONDS,
        limit: settings.RECONCILE_RUNS_AT_A_TIME,
        lookupsAtATime: settings.RECONCILE_LOOKUPS_AT_A_TIME,
      }),
      ...createWatchActivities({
        rpc,
        serviceSchedules: definedServiceSchedules(settings),
        stateOf: (schedule) => scheduleState(temporal, schedule),
        graceSeconds: settings.WATCHDOG_GRACE_SECONDS,
        lookbackSeconds: settings.WATCHDOG_LOOKBACK_HOURS * 3_600,
        limit: settings.WATCHDOG_ROWS_AT_A_TIME,
        thresholds: alertThresholds(settings),
        queues: watchedQueues(temporal, settings),
        diskPaths: settings.ALERT_DISK_PATHS,
        channels: alertChannels(settings, mailer).map(observedChannel),
      }),
      ...createReconcileSchedulesActivities({
        rpc,
        schedules: createOwnSchedules(temporal, settings.OWN_TIMES_CATCHUP_SECONDS),
        limit: settings.RECONCILE_SCHEDULES_AT_A_TIME,
        lookupsAtATime: settings.RECONCILE_LOOKUPS_AT_A_TIME,
      }),
    },
    scheduledRuns: {
      ...createRunActivities({
        rpc: rightOfWay.givesWay(observedRpc(createRpc(supabase), 'cron')),
        termsOf,
        boardSettings,
      }),
      ...leaveSyncs,
    },
    syncWaits: {
      ...createSearchBoardActivities({
        rpc: patient,
        termsOf,
        syncs,
        syncsAtATime: settings.SYNCS_AT_A_TIME,
      }),
      ...createFreshenActivities({ rpc, termsOf, syncs, syncsAtATime: settings.SYNCS_AT_A_TIME }),
    },
    mail:
      mailer &&
      createSendMailActivities({
        rpc,
        patient,
        mailer,
        siteUrl: settings.SITE_URL,
        timing: mailTiming,
        searchesShown: settings.DIGEST_SEARCHES,
        postingsShown: settings.DIGEST_POSTINGS,
        pauseSeconds: settings.MAIL_PAUSE_SECONDS,
      }),
    board: {
      ...createSyncSourceActivities({
        ...asking,
        rpc: patient,
        statusChecksPerSync: settings.STATUS_CHECKS_PER_SYNC,
      }),
      ...createCheckCompanyActivities({ ...asking, rpc }),
    },
  };
}
