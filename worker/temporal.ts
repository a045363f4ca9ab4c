import {
  Client,
  Connection,
  type WorkflowClientInterceptor,
  WorkflowNotFoundError,
} from '@temporalio/client';
import type { CompanyChecks, RunWorkflows, WorkflowState } from '../activities/reconcile-runs.js';
import type { RunSource } from '../domain/run.js';
import { clientConnectionOptions } from '../temporal/connection.js';
import type { TemporalSettings } from '../temporal/settings.js';
import type { companyCheck } from '../workflows/company-check.js';
import { runSourceAttribute } from '../workflows/search-attributes.js';
import type { searchRun } from '../workflows/search-run.js';
import { companyCheckStartOptions, searchRunStartOptions } from '../workflows/start-options.js';
import { runIdOf, searchRunWorkflowId } from '../workflows/workflow-ids.js';

/** @param workflow what traces its calls, if anything does. */
export async function connectTemporal(
  settings: TemporalSettings,
  workflow: WorkflowClientInterceptor[] = [],
): Promise<Client> {
  return new Client({
    connection: await Connection.connect(clientConnectionOptions(settings)),
    namespace: settings.TEMPORAL_NAMESPACE,
    interceptors: { workflow },
  });
}

const states: Record<string, WorkflowState> = {
  RUNNING: 'running',
  PAUSED: 'running',
  COMPLETED: 'completed',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
  TERMINATED: 'terminated',
  TIMED_OUT: 'timed_out',
  CONTINUED_AS_NEW: 'running',
};

const runningSearches = (source: RunSource) =>
  `WorkflowType = 'searchRun' AND ExecutionStatus = 'Running' AND ${runSourceAttribute.name} = '${source}'`;

export function createRunWorkflows(client: Client): RunWorkflows {
  return {
    async start(run) {
      await client.workflow.start<typeof searchRun>(
        'searchRun',
        searchRunStartOptions({
          id: run.id,
          userId: run.user_id,
          source: run.source,
          savedSearchId: run.saved_search_id,
          tickId: run.tick_id,
          boards: run.boards,
        }),
      );
    },
    async cancel(runId) {
      await ignoreNotFound(client.workflow.getHandle(searchRunWorkflowId(runId)).cancel());
    },
    async terminate(runId, reason) {
      await ignoreNotFound(client.workflow.getHandle(searchRunWorkflowId(runId)).terminate(reason));
    },
    async *underWay({ source, digits }) {
      const query = `${runningSearches(source)} AND WorkflowId STARTS_WITH '${searchRunWorkflowId(digits)}'`;
      for await (const { workflowId } of client.workflow.list({ query })) yield runIdOf(workflowId);
    },
    async countUnderWay(source) {
      return (await client.workflow.count(runningSearches(source))).count;
    },
    async state(runId) {
      try {
        const { status } = await client.workflow.getHandle(searchRunWorkflowId(runId)).describe();
        return states[status.name] ?? 'unknown';
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return 'unknown';
        throw error;
      }
    },
  };
}

export function createCompanyChecks(client: Client): CompanyChecks {
  return {
    async start(company) {
      await client.workflow.start<typeof companyCheck>('companyCheck', companyCheckStartOptions(company));
    },
  };
}

/** What is over needs no end. */
export async function ignoreNotFound(call: Promise<unknown>): Promise<void> {
  await call.catch((error) => {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  });
}
