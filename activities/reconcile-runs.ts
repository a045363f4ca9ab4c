import { heartbeat } from '@temporalio/activity';
import { z } from 'zod';
import { boardNameSchema } from '../domain/board.js';
import { type RunErrorClass, runSourceSchema, runStatusSchema } from '../domain/run.js';
import type { Company } from './check-company.js';
import type { Rpc } from './rpc.js';

const driftedRunSchema = z.object({
  id: z.uuid(),
  user_id: z.uuid(),
  source: runSourceSchema,
  saved_search_id: z.uuid().nullable(),
  boards: z.number(),
  status: runStatusSchema,
  cancel_requested: z.boolean(),
});
export type DriftedRun = z.infer<typeof driftedRunSchema>;

/** What Temporal says of a run's workflow. */
export type WorkflowState =
  | 'running'
  | 'completed'
  | 'failed'
  | 'cancelled'
  | 'terminated'
  | 'timed_out'
  | 'unknown';

/** The workflows of runs, as the reconciler handles them. */
export interface RunWorkflows {
  /** Idempotent: a workflow that exists, or existed, is not started again. */
  start(run: DriftedRun): Promise<void>;
  cancel(runId: string): Promise<void>;
  state(runId: string): Promise<WorkflowState>;
}

/** The checks of companies; one that is under way is not started again. */
export interface CompanyChecks {
  start(company: Company): Promise<void>;
}

export interface ReconcileDependencies {
  rpc: Rpc;
  workflows: RunWorkflows;
  companyChecks: CompanyChecks;
  /** An accepted run, or a check, whose workflow has not begun after this many seconds is started. */
  pendingSeconds: number;
  /** A run under way that was quiet for this many seconds is looked up. */
  quietSeconds: number;
  /** Runs looked at in one go. */
  limit: number;
}

const lost: Partial<Record<WorkflowState, { class: RunErrorClass; message: string }>> = {
  terminated: { class: 'workflow_terminated', message: 'An operator stopped this search.' },
  timed_out: { class: 'workflow_timed_out', message: 'This search took longer than a search may take.' },
  failed: { class: 'workflow_failed', message: 'This search ended with an error of the service.' },
  completed: { class: 'workflow_lost', message: 'This search ended without saying how.' },
  unknown: { class: 'workflow_lost', message: 'The service lost this search.' },
};

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
    for (const company of companies) {
      heartbeat();
      await deps.companyChecks.start(company);
    }
    return companies.length;
  }

  return {
    async reconcileRuns(): Promise<{ started: number; closed: number; cancelled: number; checks: number }> {
      const counts = { started: 0, closed: 0, cancelled: 0 };
      const runs = await rpc(
        'runs_to_reconcile',
        { p_pending_seconds: deps.pendingSeconds, p_quiet_seconds: deps.quietSeconds, p_limit: deps.limit },
        z.array(driftedRunSchema),
      );
      for (const run of runs) {
        heartbeat();
        const state = await workflows.state(run.id);
        if (state === 'running') {
          if (!run.cancel_requested) continue;
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
      return { ...counts, checks: await startChecks() };
    },
  };
}
