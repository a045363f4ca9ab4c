import { randomInt } from 'node:crypto';
import { log } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { Semaphore } from 'async-mutex';
import { z } from 'zod';
import { boardNameSchema } from '../domain/board.js';
import { type RunErrorClass, type RunSource, runSourceSchema, runStatusSchema } from '../domain/run.js';
import type { Company } from './check-company.js';
import { heartbeating } from './heartbeat.js';
import type { Rpc } from './rpc.js';

const driftedRunSchema = z.object({
  id: z.uuid(),
  user_id: z.uuid(),
  source: runSourceSchema,
  saved_search_id: z.uuid().nullable(),
  tick_id: z.string().nullable(),
  boards: z.number(),
  status: runStatusSchema,
  cancel_requested: z.boolean(),
});
type DriftedRun = z.infer<typeof driftedRunSchema>;
/** What is told of a run when its workflow is started. */
export type RunToStart = Omit<DriftedRun, 'status' | 'cancel_requested'>;

/** What Temporal says of a run's workflow. */
export type WorkflowState =
  | 'running'
  | 'completed'
  | 'failed'
  | 'cancelled'
  | 'terminated'
  | 'timed_out'
  | 'unknown';

/** Runs of one source whose id begins with these hexadecimal digits; without digits all of them. */
export interface RunSlice {
  source: RunSource;
  digits: string;
}

/** The workflows of runs, as the reconciler handles them. */
export interface RunWorkflows {
  /** Idempotent: a workflow that exists, or existed, is not started again. */
  start(run: RunToStart): Promise<void>;
  cancel(runId: string): Promise<void>;
  terminate(runId: string, reason: string): Promise<void>;
  state(runId: string): Promise<WorkflowState>;
  /** Runs whose workflow is under way, by Temporal's visibility list, which may lag. */
  underWay(slice: RunSlice): AsyncIterable<string>;
  countUnderWay(source: RunSource): Promise<number>;
}

/** The checks of companies; one that is under way is not started again. */
export interface CompanyChecks {
  start(company: Company): Promise<void>;
}

/** A schedule that was not as it is defined, and is again. */
export interface RepairedSchedule {
  schedule: string;
  change: 'created' | 'updated' | 'removed';
  /** What was otherwise: `times`. */
  differences?: string[];
}

/** The schedules that the workers keep as they are defined. */
export interface Schedules {
  /** Brings those back that somebody changed or removed; whether they are paused is left as it is. */
  repair(): Promise<RepairedSchedule[]>;
}

export interface ReconcileDependencies {
  rpc: Rpc;
  workflows: RunWorkflows;
  companyChecks: CompanyChecks;
  schedules: Schedules;
  /** An accepted run, or a check, whose workflow has not begun after this many seconds is started. */
  pendingSeconds: number;
  /** A run under way that was quiet for this many seconds is looked up. */
  quietSeconds: number;
  /** A workflow that is still under way this many seconds after its run was over is terminated. */
  terminateSeconds: number;
  /** Runs asked of the database in one call, and so many of the schedules' that all are compared at once. */
  limit: number;
  /** Workflows looked up side by side. */
  lookupsAtATime: number;
}

const runOverSchema = z.object({ id: z.uuid(), seconds_over: z.number().nullable() });

/** How many of each were brought together in one tick. */
export interface ReconcileCounts {
  started: number;
  closed: number;
  cancelled: number;
  /** Workflows that had outlived their run. */
  ended: number;
  checks: number;
  /** Schedules that were not as they are defined. */
  schedules: number;
}

const lost: Partial<Record<WorkflowState, { class: RunErrorClass; message: string }>> = {
  terminated: { class: 'workflow_terminated', message: 'An operator stopped this search.' },
  timed_out: { class: 'workflow_timed_out', message: 'This search took longer than a search may take.' },
  failed: { class: 'workflow_failed', message: 'This search ended with an error of the service.' },
  completed: { class: 'workflow_lost', message: 'This search ended without saying how.' },
  unknown: { class: 'workflow_lost', message: 'The service lost this search.' },
};

/** @param digits the first of eight at most. */
const uuidFrom = (digits: string, filling: '0' | 'f') =>
  digits.padEnd(8, filling) + '-0000-0000-0000-000000000000'.replaceAll('0', filling);

export type ReconcileActivities = ReturnType<typeof createReconcileActivities>;

/** Brings rows and workflows together again, whatever failed in between. */
export function createReconcileActivities(deps: ReconcileDependencies) {
  const { rpc, workflows } = deps;

  async function close(run: DriftedRun, state: WorkflowState) {
    const reason = lost[state];
    await rpc(
      'finish_search_run',
      {
        p_run: run.id,
        p_end: state === 'cancelled' ? 'cancelled' : 'lost',
        p_actor: 'reconciler',
        p_class: reason?.class ?? null,
        p_message: reason?.message ?? null,
      },
      z.unknown(),
    );
  }

  /** Checks that the API could not start, or whose workflow is gone. */
  async function startChecks(): Promise<number> {
    const companies = await rpc(
      'companies_to_check',
      { p_pending_seconds: deps.pendingSeconds, p_limit: deps.limit },
      z.array(z.object({ board: boardNameSchema, token: z.string() })),
    );
    for (const company of companies) await deps.companyChecks.start(company);
    return companies.length;
  }

  /** What is to be done about a run, by what Temporal says of its workflow. */
  async function bringTogether(run: DriftedRun, counts: ReconcileCounts): Promise<void> {
    const state = await workflows.state(run.id);
    if (state === 'running') {
      if (!run.cancel_requested) return;
      // The API could not reach Temporal when the person cancelled.
      await workflows.cancel(run.id);
      counts.cancelled += 1;
    } else if (run.status === 'pending' && state === 'unknown') {
      await workflows.start(run);
      counts.started += 1;
    } else {
      await close(run, state);
      counts.closed += 1;
    }
  }

  async function listUnderWay(slice: RunSlice): Promise<Set<string>> {
    const ids = new Set<string>();
    for await (const id of workflows.underWay(slice)) ids.add(id);
    return ids;
  }

  let sweep = randomInt(16 ** 4);
  /** Of a schedule's runs, one slice after the other where they are many: comparing all would keep people waiting. */
  async function nextSlice(source: RunSource): Promise<string> {
    if (source === 'manual') return '';
    const slices = (await workflows.countUnderWay(source)) / deps.limit;
    if (slices <= 1) return '';
    const digits = Math.min(4, Math.max(1, Math.round(Math.log(slices) / Math.log(16))));
    sweep += 1;
    return (sweep % 16 ** digits).toString(16).padStart(digits, '0');
  }

  /** Runs may wait for minutes: one list answers for thousands of them, where each was a question. */
  const onlyWaits = ({ id, cancel_requested }: DriftedRun, underWay: Set<string>) =>
    !cancel_requested && underWay.has(id);

  /** Rows whose workflow has not begun or is gone. */
  async function reconcileRows(
    { source, digits }: RunSlice,
    underWay: Set<string>,
    counts: ReconcileCounts,
    failures: unknown[],
  ): Promise<void> {
    const lookups = new Semaphore(deps.lookupsAtATime);
    const until = digits === '' ? null : uuidFrom(digits, 'f');
    for (let after = digits === '' ? null : uuidFrom(digits, '0'); ; ) {
      const runs: DriftedRun[] = await rpc(
        'runs_to_reconcile',
        {
          p_source: source,
          p_pending_seconds: deps.pendingSeconds,
          p_quiet_seconds: deps.quietSeconds,
          p_limit: deps.limit,
          p_after: after,
          p_until: until,
        },
        z.array(driftedRunSchema),
      );
      const each = runs
        .filter((run) => !onlyWaits(run, underWay))
        .map((run) => lookups.runExclusive(() => bringTogether(run, counts)));
      // One that cannot be mended does not keep the others as they are.
      for (const outcome of await Promise.allSettled(each))
        if (outcome.status === 'rejected') failures.push(outcome.reason);
      after = runs.at(-1)?.id ?? null;
      if (runs.length < deps.limit || after === null) return;
    }
  }

  /** Workflows whose row is over, or gone with its account: cancelled, and terminated when that does not end them. */
  async function endStrays(underWay: Set<string>, counts: ReconcileCounts): Promise<void> {
    const ids = [...underWay];
    for (let at = 0; at < ids.length; at += deps.limit) {
      const over = await rpc(
        'runs_over',
        { p_runs: ids.slice(at, at + deps.limit), p_seconds: deps.quietSeconds },
        z.array(runOverSchema),
      );
      for (const { id, seconds_over } of over) {
        if (seconds_over !== null && seconds_over < deps.terminateSeconds) await workflows.cancel(id);
        else await workflows.terminate(id, 'Its search is over.');
        counts.ended += 1;
        log.warn('a workflow outlived its run', { searchRun: id, secondsOver: seconds_over });
      }
    }
  }

  async function repairSchedules(): Promise<number> {
    const changes = await deps.schedules.repair();
    for (const change of changes) log.warn('a schedule was not as it is defined: repaired', { ...change });
    return changes.length;
  }

  async function reconcile(): Promise<ReconcileCounts> {
    const counts: ReconcileCounts = {
      started: 0,
      closed: 0,
      cancelled: 0,
      ended: 0,
      checks: 0,
      schedules: 0,
    };
    const failures: unknown[] = [];
    for (const source of runSourceSchema.options) {
      const slice = { source, digits: await nextSlice(source) };
      const underWay = await listUnderWay(slice);
      await reconcileRows(slice, underWay, counts, failures);
      await endStrays(underWay, counts);
    }
    counts.checks = await startChecks();
    counts.schedules = await repairSchedules();
    if (failures.length > 0) {
      throw ApplicationFailure.retryable(
        `${failures.length} runs could not be reconciled: ${failures[0]}`,
        'reconcile',
      );
    }
    return counts;
  }

  return {
    reconcileRuns: () => heartbeating(() => undefined, reconcile),
  };
}
