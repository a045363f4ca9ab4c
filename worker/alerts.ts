import type { Client } from '@temporalio/client';
import type { AlertChannel } from '../activities/alerts/channel.js';
import { createEmailChannel } from '../activities/alerts/email-channel.js';
import { logChannel } from '../activities/alerts/log-channel.js';
import type { WatchedQueue } from '../activities/alerts/look-at-rules.js';
import { createSlackChannel } from '../activities/alerts/slack-channel.js';
import { availabilityOf, boards } from '../activities/boards/registry.js';
import type { Mailer } from '../activities/mail/mailer.js';
import type { AlertThresholds } from '../domain/alert-rules.js';
import { describeTaskQueue } from '../temporal/task-queue.js';
import {
  mailTaskQueue,
  scheduledRunsTaskQueue,
  type TaskKind,
  taskQueues,
} from '../workflows/task-queues.js';
import type { WorkerSettings } from './config.js';

export const alertThresholds = (settings: WorkerSettings): AlertThresholds => ({
  failurePercent: settings.ALERT_FAILURE_PERCENT,
  failureWindowMinutes: settings.ALERT_FAILURE_WINDOW_MINUTES,
  failureLeastRuns: settings.ALERT_FAILURE_LEAST_RUNS,
  boardFailingHours: settings.ALERT_BOARD_FAILING_HOURS,
  queueBacklog: settings.ALERT_QUEUE_BACKLOG,
  queueAgeSeconds: settings.ALERT_QUEUE_AGE_SECONDS,
  diskFreePercent: settings.ALERT_DISK_FREE_PERCENT,
  databaseMegabytes: settings.ALERT_DATABASE_MB,
  runMinutes: settings.ALERT_RUN_MINUTES,
});

function watchedQueue(client: Client, name: string, kind: TaskKind): WatchedQueue {
  return {
    subject: `${name} (${kind})`,
    async stats() {
      const { stats } = await describeTaskQueue(client, name, kind);
      const age = stats?.approximateBacklogAge;
      return {
        backlog: Number(stats?.approximateBacklogCount ?? 0),
        ageSeconds: Number(age?.seconds ?? 0) + (age?.nanos ?? 0) / 1e9,
      };
    },
  };
}

/** The task queues in which nothing should wait for long: not that of the schedules' runs, of which thousands do. */
export function watchedQueues(client: Client, settings: WorkerSettings): WatchedQueue[] {
  const asked = boards.filter((board) => availabilityOf(board, settings) === 'ready').map(({ name }) => name);
  const unwatched = [scheduledRunsTaskQueue, ...(settings.SMTP_URL === undefined ? [mailTaskQueue] : [])];
  return taskQueues(asked)
    .filter(({ name }) => !unwatched.includes(name))
    .flatMap(({ name, kinds }) => kinds.map((kind) => watchedQueue(client, name, kind)));
}

/** Where alerts are told: the log always, the others where they are set. */
export function alertChannels(settings: WorkerSettings, mailer: Mailer | undefined): AlertChannel[] {
  const { ALERT_EMAIL, ALERT_SLACK_WEBHOOK_URL, ALERT_SLACK_TIMEOUT_MS } = settings;
  return [
    logChannel,
    ...(mailer && ALERT_EMAIL ? [createEmailChannel(mailer, ALERT_EMAIL)] : []),
    ...(ALERT_SLACK_WEBHOOK_URL
      ? [createSlackChannel({ webhookUrl: ALERT_SLACK_WEBHOOK_URL, timeoutMs: ALERT_SLACK_TIMEOUT_MS })]
      : []),
  ];
}
