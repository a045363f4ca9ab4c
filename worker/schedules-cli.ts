import { type Client, ScheduleNotFoundError } from '@temporalio/client';
import { DateTime } from 'luxon';
import { minuteName, minuteSchema, serviceSchedules, tickId, toMinute } from '../domain/schedule.js';
import { timesBetween } from '../domain/schedule-times.js';
import { say } from '../observability/standard-output.js';
import { settingsWithTemporalOrExit, temporalSettings } from '../temporal/settings.js';
import type { refreshTick } from '../workflows/refresh-tick.js';
import { tickStartOptions } from '../workflows/start-options.js';
import { ownSchedulePrefix } from '../workflows/workflow-ids.js';
import { connectTemporal } from './temporal.js';

const usage = `What an operator does with the schedules (docs/SCHEDULES.md):

  npm run schedules -- list                    the service's schedules: state, last and next times
  npm run schedules -- trigger [tick]          runs what is due: now, or the tick of 2026-11-25T14:00Z
  npm run schedules -- pause <id> [reason]     nothing of it is due until it is resumed
  npm run schedules -- resume <id>
  npm run schedules -- backfill <from> <to>    makes up for the ticks that were due from one minute to the other,
                                               both as 2026-11-25T08:00Z
`;

/** Ticks that one command makes up for: more is a mistake. */
const backfilledAtOnce = 50;

/** The command is not one, or asks for what is not there. */
class UsageError extends Error {}

function minute(text = ''): Date {
  const parsed = minuteSchema.safeParse(text);
  if (!parsed.success) throw new UsageError(`"${text}" ${parsed.error.issues[0]?.message}`);
  return parsed.data;
}

/** A tick by its id (`refresh-all/2026-11-25T14:00Z`), or by its minute alone. */
function tickNamed(text: string): { schedule: string; dueAt: Date } {
  const slash = text.lastIndexOf('/');
  const schedule = slash < 0 ? (serviceSchedules[0]?.id ?? '') : text.slice(0, slash);
  if (!serviceSchedules.some(({ id }) => id === schedule) && !schedule.startsWith(ownSchedulePrefix)) {
    throw new UsageError(`There is no schedule "${schedule}".`);
  }
  return { schedule, dueAt: minute(text.slice(slash + 1)) };
}

async function startTick(client: Client, schedule: string, dueAt: Date): Promise<void> {
  const { workflowId } = await client.workflow.start<typeof refreshTick>(
    'refreshTick',
    tickStartOptions({
      schedule,
      ...(schedule.startsWith(ownSchedulePrefix) && {
        savedSearchId: schedule.slice(ownSchedulePrefix.length),
      }),
      dueAt: dueAt.toISOString(),
      cause: 'operator',
    }),
  );
  say(`${tickId(schedule, dueAt)}: started (workflow ${workflowId})`);
}

const shown = (times: Date[], zone: string | undefined) =>
  times.map((time) => DateTime.fromJSDate(time).setZone(zone).toFormat('d LLL HH:mm')).join(', ') || '–';

async function list(client: Client): Promise<void> {
  const query = `ScheduleId NOT STARTS_WITH '${ownSchedulePrefix}'`;
  const ids: string[] = [];
  for await (const { scheduleId } of client.schedule.list({ query })) ids.push(scheduleId);
  if (ids.length === 0) say('There are no schedules yet: workers create them when they start.');
  for (const id of ids.sort()) {
    const { spec, state, info } = await client.schedule.getHandle(id).describe();
    const zone = spec.timezone || 'UTC';
    say(`${id} (${zone})${state.paused ? `: PAUSED${state.note ? `, ${state.note}` : ''}` : ''}`);
    say(
      `  last: ${shown(
        info.recentActions.slice(-3).map((action) => action.scheduledAt),
        zone,
      )}`,
    );
    say(`  next: ${state.paused ? '–' : shown(info.nextActionTimes.slice(0, 6), zone)}`);
  }
}

async function backfill(client: Client, from: Date, to: Date): Promise<void> {
  if (from > to) throw new UsageError('The first minute comes after the second.');
  if (to > new Date()) throw new UsageError(`${minuteName(to)} is to come.`);
  const ticks = serviceSchedules.flatMap(({ id, ...timetable }) =>
    // From the first minute on, which may be a tick itself.
    timesBetween(timetable, new Date(from.getTime() - 1), to).map((dueAt) => ({ id, dueAt })),
  );
  if (ticks.length === 0) throw new UsageError('No tick was due then.');
  if (ticks.length > backfilledAtOnce) {
    throw new UsageError(`${ticks.length} ticks were due then; at most ${backfilledAtOnce} at once.`);
  }
  for (const { id, dueAt } of ticks) await startTick(client, id, dueAt);
}

async function run(client: Client, [command, ...args]: string[]): Promise<void> {
  const [first, second] = args;
  const scheduleOf = (id: string | undefined) => {
    if (!id) throw new UsageError('Which schedule?');
    return client.schedule.getHandle(id);
  };
  switch (command) {
    case 'list':
      return list(client);
    case 'trigger': {
      const { schedule, dueAt } = tickNamed(first ?? minuteName(toMinute(new Date())));
      if (dueAt > new Date()) throw new UsageError(`${minuteName(dueAt)} is to come.`);
      return startTick(client, schedule, dueAt);
    }
    case 'pause':
      await scheduleOf(first).pause(args.slice(1).join(' ') || 'Paused by an operator');
      return say(`${first}: paused`);
    case 'resume':
      await scheduleOf(first).unpause('Resumed by an operator');
      return say(`${first}: resumed`);
    case 'backfill':
      return backfill(client, minute(first), minute(second));
    default:
      throw new UsageError(
        command === undefined ? 'What is to be done?' : `There is no command "${command}".`,
      );
  }
}

const settings = settingsWithTemporalOrExit(temporalSettings);
let client: Client | undefined;
try {
  client = await connectTemporal(settings);
  await run(client, process.argv.slice(2));
} catch (error) {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n\n${usage}`);
    process.exitCode = 2;
  } else {
    const what =
      client === undefined
        ? `Temporal does not answer at ${settings.TEMPORAL_ADDRESS} (TEMPORAL_ADDRESS)`
        : error instanceof ScheduleNotFoundError
          ? `There is no such schedule: npm run schedules -- list`
          : String(error);
    process.stderr.write(`${what}\n`);
    process.exitCode = 1;
  }
} finally {
  await client?.connection.close();
}
