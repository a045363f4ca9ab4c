import { addSavedSearch, addTick, tickRun } from '../../supabase/tests/digest-steps.js';
import type { requestTick } from '../request-tick.js';
import type { sendDigests } from '../send-digests.js';
import { tickRequestStartOptions } from '../start-options.js';
import { runsTaskQueue } from '../task-queues.js';
import { ownScheduleId } from '../workflow-ids.js';
import { fromTheStart, hosts, type Scenario } from './scenarios.js';
import { completedTick, endedRuns, saveSearches, tickOf } from './ticks.js';

/** Every way a tick of the schedule can go, and the mail after it; as `scenarios` has those of runs. */
export const tickScenarios = {
  /** A digest is due. The worker needs a mail server. */
  async digestSent(world) {
    const { sql } = world.stack;
    const tick = await addTick(sql);
    const savedSearch = await addSavedSearch(sql, world.person.id);
    await tickRun(sql, { tick, userId: world.person.id, savedSearch, titles: ['Cooper'] });
    const workflowId = 'a-round-of-mail';
    await world.temporal.workflow.execute<typeof sendDigests>('sendDigests', {
      workflowId,
      taskQueue: runsTaskQueue,
      args: [],
    });
    return { runs: [], histories: { 'send-digests': workflowId } };
  },

  /** A tick of the service freshens boards, one of which cannot be read, and leaves somebody out. */
  async ticked(world) {
    await fromTheStart(world);
    world.boards.control.setBehaviour({ host: hosts.remoteok, behaviour: 'captcha' });
    await saveSearches(world, 1, { boards: ['jobicy', 'remoteok', 'greenhouse'] });
    const [paused] = await saveSearches(world, 1);
    await world.stack.sql`update saved_searches set paused_at = now() where id = ${paused ?? ''}`;
    const { workflowId, tick } = await tickOf(world, '2026-01-01T08:00:00Z');
    await endedRuns(world, tick);
    return { runs: [], histories: { 'refresh-tick': workflowId } };
  },

  /** More pages than one execution deals with. The worker has small ones. */
  async tickContinued(world) {
    await fromTheStart(world);
    await saveSearches(world, 5, { title: 'welder' });
    const { workflowId, tick, firstRunId } = await tickOf(world, '2026-01-01T10:00:00Z');
    await endedRuns(world, tick);
    return {
      runs: [],
      histories: {
        'refresh-tick-begun': { workflowId, runId: firstRunId },
        'refresh-tick-continued': workflowId,
      },
    };
  },

  /** A tick of one saved search that has times of its own. */
  async ownTick(world) {
    await fromTheStart(world);
    const [savedSearchId = ''] = await saveSearches(world, 1, { title: 'carpenter' });
    await world.stack
      .sql`update saved_searches set schedule = 'own', own_times = '{"08:00"}', own_days = '{1}',
      time_zone = 'UTC' where id = ${savedSearchId}`;
    const schedule = ownScheduleId(savedSearchId);
    const { workflowId, tick } = await tickOf(world, '2026-01-05T08:00:00Z', { schedule, savedSearchId });
    await endedRuns(world, tick);
    return { runs: [], histories: { 'refresh-tick-own': workflowId } };
  },

  /** Somebody asks for a tick from outside. */
  async tickRequested(world) {
    await fromTheStart(world);
    const options = tickRequestStartOptions('a-request', {
      schedule: 'refresh-all',
      dueAt: '2026-01-01T14:00:00Z',
      caller: 'cron_secret',
      addressHash: 'a-hash',
      askedAt: '2026-01-01T14:00:00Z',
    });
    await world.temporal.workflow.execute<typeof requestTick>('requestTick', options);
    await completedTick(world, '2026-01-01T14:00:00Z');
    return { runs: [], histories: { 'request-tick': options.workflowId } };
  },
} satisfies Record<string, Scenario>;
