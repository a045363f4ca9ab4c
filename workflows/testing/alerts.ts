import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localMailFrom } from '../../local/mailbox/config.js';
import { createMailbox, type Mailbox } from '../../local/mailbox/server.js';
import { runsTaskQueue } from '../task-queues.js';
import type { watchSchedules } from '../watch-schedules.js';
import { reconcileScheduleId, watchScheduleId } from '../workflow-ids.js';
import { startWorld, type World } from './world.js';

const operator = 'operator@example.com';

/** Settings under which nothing here is an alert by itself. */
export const quiet = {
  ALERT_QUEUE_BACKLOG: '1000',
  ALERT_QUEUE_AGE_SECONDS: '600',
  ALERT_DISK_FREE_PERCENT: '1',
  ALERT_DATABASE_MB: '1000000',
};

/** A world whose operators are told by mail and by Slack, and which looks for alerts only when a test does. */
export interface AlertWorld {
  world: World;
  /** Where mails go, and what Slack is told. */
  mailbox: Mailbox;
  /** For its webhook alone: another than the one that the worker is first given. */
  nextMailbox: Mailbox;
  /** Begins a round of the watchdog. */
  startLook(): ReturnType<typeof startLook>;
  /** A whole round. @returns how many messages it told. */
  look(): Promise<number>;
  /** Each line that came, in the mails and in Slack: one for what is raised, `Over: …` for what is over. */
  told(): Promise<{ mail: string[]; slack: string[] }>;
  /** The keys of what is raised and not over. */
  open(): Promise<string[]>;
  /** Has a board fail for so many hours already. */
  boardFails(board: string, hours: number): Promise<unknown>;
  boardIsRead(board: string): Promise<unknown>;
  stop(): Promise<void>;
}

let looks = 0;
function startLook({ temporal }: World) {
  looks += 1;
  const options = { workflowId: `look-${looks}`, taskQueue: runsTaskQueue, args: [] as [] };
  return temporal.workflow.start<typeof watchSchedules>('watchSchedules', options);
}

/**
 * For `beforeAll`; `stop` it in `afterAll`.
 * @param settings of the worker.
 */
export async function startAlertWorld(settings: Record<string, string>): Promise<AlertWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'mails-'));
  const undo: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const stop = async () => {
    for (const step of undo.reverse().splice(0)) await step();
  };
  try {
    const [mailbox, nextMailbox] = [
      createMailbox({ folder }),
      createMailbox({ folder: join(folder, 'next') }),
    ];
    for (const each of [mailbox, nextMailbox]) {
      await each.listen();
      undo.push(() => each.close());
    }
    const world = await startWorld({
      SERVICE_SCHEDULES: 'off',
      SMTP_URL: mailbox.smtpUrl,
      MAIL_FROM: localMailFrom,
      ALERT_EMAIL: operator,
      ALERT_SLACK_WEBHOOK_URL: mailbox.slackUrl,
      WATCHDOG_INTERVAL_SECONDS: '86400',
      ...settings,
    });
    undo.push(() => world.stop());
    // The one would end a run that is stuck; of the other, rounds are begun by the tests, also at midnight.
    for (const id of [reconcileScheduleId, watchScheduleId]) {
      await world.temporal.schedule.getHandle(id).pause();
    }
    return { world, mailbox, nextMailbox, ...stepsOf(world, mailbox, nextMailbox), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Steps = Omit<AlertWorld, 'world' | 'mailbox' | 'nextMailbox' | 'stop'>;

function stepsOf(world: World, mailbox: Mailbox, nextMailbox: Mailbox): Steps {
  const { sql } = world.stack;
  return {
    startLook: () => startLook(world),
    look: async () => (await (await startLook(world)).result()).told,
    async told() {
      const mails = (await mailbox.mails()).filter(({ to }) => to.includes(operator));
      const lines = mails.flatMap(({ text }) => text.split('\n'));
      const sections = [mailbox, nextMailbox].flatMap(({ webhook }) =>
        webhook.list().flatMap((message) => message.sections),
      );
      return {
        mail: lines.filter((line) => line !== '' && !line.startsWith('What to do')).sort(),
        slack: sections
          .map((text) => {
            const [head = '', ...message] = text.split('\n');
            return `${head.includes('Over:') ? 'Over: ' : ''}${message.join('\n')}`;
          })
          .sort(),
      };
    },
    open: async () =>
      (await sql`select key from alerts where resolved_at is null order by key`).map(({ key }) => key),
    boardFails: (board, hours) => sql`
      insert into source_syncs (source, board, failed_at, error_class)
      values (${board}, ${board}, now() - make_interval(hours => ${hours}), 'auth')
      on conflict (source) do update set failed_at = excluded.failed_at, synced_at = null, error_class = 'auth'`,
    boardIsRead: (board) => sql`
      update source_syncs set synced_at = now(), failed_at = null, error_class = null where source = ${board}`,
  };
}
