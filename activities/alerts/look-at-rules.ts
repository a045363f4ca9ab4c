import { statfs } from 'node:fs/promises';
import { log } from '@temporalio/activity';
import { z } from 'zod';
import {
  type AlertThresholds,
  alertKey,
  alertMessage,
  evaluate,
  evaluateGone,
  type Finding,
  type LookState,
  type Measure,
  neverLooked,
  type RuleName,
  ruleOfKey,
} from '../../domain/alert-rules.js';
import type { Rpc } from '../rpc.js';

export interface WatchedQueue {
  /** How operators name it: `search-runs (workflow)`. */
  subject: string;
  /** @throws when Temporal does not tell. */
  stats(): Promise<{ backlog: number; ageSeconds: number }>;
}

export interface RuleDependencies {
  rpc: Rpc;
  thresholds: AlertThresholds;
  queues: readonly WatchedQueue[];
  /** Where the worker that looks runs. */
  diskPaths: readonly string[];
}

const figuresSchema = z.object({
  runs: z.object({ ended: z.number(), failed: z.number() }),
  boards: z.array(z.object({ board: z.string(), hours: z.number(), error_class: z.string().nullable() })),
  database_bytes: z.number(),
  stuck: z.object({ runs: z.number(), minutes: z.number(), oldest: z.uuid().nullable() }),
});
const statesSchema = z.array(
  z.object({ key: z.string(), over: z.number(), under: z.number(), is_open: z.boolean() }),
);

/** What a part of the look found, and which rules it has looked at as a whole. */
interface Looked {
  rules: RuleName[];
  measures: Measure[];
}

/**
 * One look at everything that the rules name. Raises and resolves alerts; telling them is another's.
 * @param look the same in each attempt at the same look: it counts once.
 * @returns the parts that could not be looked at: their alerts stay as they are.
 */
export async function lookAtRules(deps: RuleDependencies, look: string): Promise<string[]> {
  const parts = { database: lookAtDatabase, queues: lookAtQueues, disks: lookAtDisks };
  const looked: Looked[] = [];
  const failed: string[] = [];
  for (const [part, lookAt] of Object.entries(parts)) {
    try {
      looked.push(await lookAt(deps));
    } catch (error) {
      log.error('the watchdog could not look', { part, error });
      failed.push(part);
    }
  }
  const states = await deps.rpc('alert_look_states', {}, statesSchema);
  const findings = findingsOf(looked, states, deps.thresholds);
  await deps.rpc('record_looks', { p_look: look, p_findings: findings }, z.null());
  return failed;
}

function findingsOf(
  looked: readonly Looked[],
  states: z.infer<typeof statesSchema>,
  thresholds: AlertThresholds,
) {
  const before = new Map<string, LookState>(
    states.map(({ key, over, under, is_open }) => [key, { over, under, isOpen: is_open }]),
  );
  const measures = looked.flatMap((part) => part.measures);
  const measured = new Set(measures.map(alertKey));
  const rules = new Set(looked.flatMap((part) => part.rules));
  const gone = [...before].filter(([key]) => !measured.has(key) && rules.has(ruleOfKey(key)));
  return [
    ...measures.map((measure) => {
      const key = alertKey(measure);
      const finding = evaluate(measure.rule, thresholds, before.get(key) ?? neverLooked, measure.value);
      return row(key, finding, measure.value, alertMessage(measure, thresholds));
    }),
    ...gone.map(([key, state]) =>
      state.isOpen
        ? row(key, evaluateGone(ruleOfKey(key), state), null, null)
        : { ...row(key, state, null, null), change: 'forget' },
    ),
  ];
}

const row = (
  key: string,
  finding: Pick<Finding, 'over' | 'under'> & { change?: Finding['change'] },
  value: number | null,
  message: string | null,
) => ({
  key,
  kind: ruleOfKey(key),
  over: finding.over,
  under: finding.under,
  change: finding.change ?? null,
  value,
  message,
});

async function lookAtDatabase({ rpc, thresholds }: RuleDependencies): Promise<Looked> {
  const { failureWindowMinutes, failureLeastRuns, runMinutes } = thresholds;
  const { runs, boards, database_bytes, stuck } = await rpc(
    'alert_figures',
    { p_window_minutes: failureWindowMinutes, p_stuck_minutes: runMinutes },
    figuresSchema,
  );
  return {
    rules: ['failure_rate', 'board_failing', 'database_size', 'run_stuck'],
    measures: [
      {
        rule: 'failure_rate',
        subject: 'runs',
        // Of a few nothing is said; nor do they keep an alert open.
        value: runs.ended < failureLeastRuns ? 0 : (100 * runs.failed) / runs.ended,
        detail: `${runs.failed} of ${runs.ended}`,
      },
      ...boards.map(
        ({ board, hours, error_class }): Measure => ({
          rule: 'board_failing',
          subject: board,
          value: hours,
          ...(error_class !== null && { detail: error_class }),
        }),
      ),
      { rule: 'database_size', subject: 'database', value: database_bytes / 1_000_000 },
      {
        rule: 'run_stuck',
        subject: 'runs',
        value: stuck.minutes,
        detail: stuck.runs > 1 ? `${stuck.oldest}, and ${stuck.runs - 1} more` : (stuck.oldest ?? ''),
      },
    ],
  };
}

async function lookAtQueues({ queues }: RuleDependencies): Promise<Looked> {
  const measures = await Promise.all(
    queues.map(async ({ subject, stats }): Promise<Measure[]> => {
      const { backlog, ageSeconds } = await stats();
      return [
        { rule: 'queue_backlog', subject, value: backlog },
        { rule: 'queue_age', subject, value: ageSeconds },
      ];
    }),
  );
  return { rules: ['queue_backlog', 'queue_age'], measures: measures.flat() };
}

async function lookAtDisks({ diskPaths }: RuleDependencies): Promise<Looked> {
  const measures = diskPaths.map(async (path): Promise<Measure> => {
    const { bavail, blocks } = await statfs(path);
    // A file system that has no size of its own is never full.
    return { rule: 'disk_space', subject: path, value: blocks === 0 ? 100 : (100 * bavail) / blocks };
  });
  return { rules: ['disk_space'], measures: await Promise.all(measures) };
}
