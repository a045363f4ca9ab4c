import { isDeepStrictEqual } from 'node:util';
import {
  type Client,
  ScheduleAlreadyRunning,
  type ScheduleDescription,
  ScheduleNotFoundError,
  type ScheduleSpec,
  type ScheduleSpecDescription,
} from '@temporalio/client';
import type { Duration } from '@temporalio/common';
import { msOptionalToNumber, msToNumber } from '@temporalio/common/lib/time.js';
import type { RepairedSchedule, Schedules } from '../activities/reconcile-runs.js';
import type { ScheduleState } from '../activities/watch-schedules.js';
import { isSameTimetable, scheduleSpec, timetableOf } from '../workflows/schedule-spec.js';
import { ownSchedulePrefix } from '../workflows/workflow-ids.js';
import type { WorkerSettings } from './config.js';
import { type DefinedSchedule, definedSchedules } from './schedules.js';

/** What these schedules carry, so that one that is defined no more is recognised. */
const memo = { keptBy: 'searching-the-fox/worker' };

/**
 * Creates each schedule, or brings it back to what is defined: whether an operator paused it is left as it is. Safe from
 * several workers at once.
 */
async function repairSchedules(
  client: Client,
  defined: readonly DefinedSchedule[],
): Promise<RepairedSchedule[]> {
  const changes: RepairedSchedule[] = [];
  for (const schedule of defined) {
    const change = await repair(client, schedule);
    if (change) changes.push(change);
  }
  return changes;
}

/** What the reconciler does about schedules. */
export function createScheduleRepair(client: Client, settings: WorkerSettings): Schedules {
  const defined = definedSchedules(settings);
  return { repair: () => repairSchedules(client, defined) };
}

/** What the watchdog asks of a schedule. */
export async function scheduleState(client: Client, scheduleId: string): Promise<ScheduleState | undefined> {
  const described = await unlessNotFound(client.schedule.getHandle(scheduleId).describe());
  return described && { paused: described.state.paused, createdAt: described.info.createdAt };
}

/** What a worker does about schedules when it starts. */
export async function applySchedules(client: Client, settings: WorkerSettings): Promise<RepairedSchedule[]> {
  const defined = definedSchedules(settings);
  return [...(await repairSchedules(client, defined)), ...(await removeOtherSchedules(client, defined))];
}

async function repair(client: Client, schedule: DefinedSchedule): Promise<RepairedSchedule | undefined> {
  const { scheduleId, action, policies, startsPaused } = schedule;
  const spec = specOf(schedule);
  const handle = client.schedule.getHandle(scheduleId);
  const described = await unlessNotFound(handle.describe());
  if (!described) {
    try {
      await client.schedule.create({
        ...{ scheduleId, spec, action, policies, memo },
        state: startsPaused ? { paused: true, note: 'Created paused (SERVICE_SCHEDULES)' } : {},
      });
      return { schedule: scheduleId, change: 'created' };
    } catch (error) {
      // Another worker was faster.
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      return undefined;
    }
  }
  const differences = differencesOf(schedule, described);
  if (differences.length === 0) return undefined;
  await handle.update(({ state }) => ({ spec, action, policies, state }));
  return { schedule: scheduleId, change: 'updated', differences };
}

/** Removes the schedules that workers kept before and that are defined no more. */
async function removeOtherSchedules(
  client: Client,
  defined: readonly DefinedSchedule[],
): Promise<RepairedSchedule[]> {
  const known = new Set(defined.map(({ scheduleId }) => scheduleId));
  const changes: RepairedSchedule[] = [];
  // Those of saved searches are kept by their own reconciler, and may be many.
  const query = `ScheduleId NOT STARTS_WITH '${ownSchedulePrefix}'`;
  for await (const { scheduleId, memo: told } of client.schedule.list({ query })) {
    if (known.has(scheduleId) || !isDeepStrictEqual(told, memo)) continue;
    await unlessNotFound(client.schedule.getHandle(scheduleId).delete());
    changes.push({ schedule: scheduleId, change: 'removed' });
  }
  return changes;
}

function specOf({ due, jitter }: DefinedSchedule): ScheduleSpec {
  return { ...('every' in due ? { intervals: [due] } : scheduleSpec(due)), jitter };
}

/** The parts of a schedule that Temporal tells otherwise than they are defined. */
export function differencesOf(
  { due, jitter, action, policies }: Omit<DefinedSchedule, 'scheduleId'>,
  now: ScheduleDescription,
): string[] {
  const pairs: Record<string, [defined: unknown, described: unknown]> = {
    times: [true, 'every' in due ? isEvery(due, now.spec) : isSameTimetable(timetableOf(now.spec), due)],
    jitter: [msToNumber(jitter ?? 0), now.spec.jitter ?? 0],
    'policies.overlap': [policies.overlap, now.policies.overlap],
    'policies.catchupWindow': [msToNumber(policies.catchupWindow), now.policies.catchupWindow],
    'policies.pauseOnFailure': [false, now.policies.pauseOnFailure],
    'action.workflowType': [action.workflowType, now.action.workflowType],
    'action.workflowId': [action.workflowId, now.action.workflowId],
    'action.taskQueue': [action.taskQueue, now.action.taskQueue],
    'action.args': [action.args ?? [], now.action.args ?? []],
    'action.workflowExecutionTimeout': [
      msOptionalToNumber(action.workflowExecutionTimeout),
      now.action.workflowExecutionTimeout,
    ],
    'action.staticSummary': [action.staticSummary, now.action.staticSummary],
    'action.staticDetails': [action.staticDetails, now.action.staticDetails],
    'action.searchAttributes': [attributesOf(action), attributesOf(now.action)],
    'action.priority': [action.priority?.priorityKey, now.action.priority?.priorityKey],
  };
  return Object.entries(pairs)
    .filter(([, [defined, described]]) => !isDeepStrictEqual(defined, described))
    .map(([name]) => name);
}

/** Whether a Schedule is due every so long, and at no other times. */
function isEvery(
  { every }: { every: Duration },
  { calendars = [], intervals = [], ...spec }: ScheduleSpecDescription,
) {
  const [interval, ...more] = intervals;
  const bounds = [spec.startAt, spec.endAt, ...(spec.skip ?? []), ...calendars, ...more].filter(Boolean);
  return bounds.length === 0 && interval?.every === msToNumber(every) && !interval.offset;
}

async function unlessNotFound<Answer>(call: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return undefined;
    throw error;
  }
}

/** Name and value of each search attribute that an action starts its workflow with, in the order of their names. */
function attributesOf({
  typedSearchAttributes,
}: Pick<DefinedSchedule['action'] | ScheduleDescription['action'], 'typedSearchAttributes'>) {
  const pairs = Array.isArray(typedSearchAttributes)
    ? typedSearchAttributes
    : (typedSearchAttributes?.getAll() ?? []);
  return pairs.map(({ key, value }) => [key.name, value]).sort();
}
