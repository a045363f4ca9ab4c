import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client';
import fp from 'fastify-plugin';
import type { searchRun } from '../../workflows/search-run.js';
import { searchRunStartOptions } from '../../workflows/start-options.js';
import { searchRunWorkflowId } from '../../workflows/workflow-ids.js';
import type { ApiSettings } from '../config.js';

/** The workflows of runs. Neither call throws when Temporal cannot be reached: the reconciler makes up for it. */
export interface RunWorkflows {
  start(run: Parameters<typeof searchRunStartOptions>[0]): Promise<void>;
  cancel(runId: string): Promise<void>;
  /** @throws when Temporal cannot be reached. */
  check(): Promise<void>;
}

/** A health check answers in time whatever Temporal does. */
const checkTimeoutMs = 1_000;

declare module 'fastify' {
  interface FastifyInstance {
    runWorkflows: RunWorkflows;
  }
}

export default fp<{ settings: ApiSettings }>(async (app, { settings }) => {
  // Lazy: the API accepts searches while Temporal is down.
  const connection = Connection.lazy({ address: settings.TEMPORAL_ADDRESS });
  const client = new Client({ connection, namespace: settings.TEMPORAL_NAMESPACE });
  app.addHook('onClose', () => connection.close());

  const within = <Result>(milliseconds: number, call: () => Promise<Result>) =>
    client.withDeadline(Date.now() + milliseconds, call);
  const soon = <Result>(call: () => Promise<Result>) => within(settings.TEMPORAL_START_TIMEOUT_MS, call);

  app.decorate('runWorkflows', {
    async start(run) {
      try {
        await soon(() => client.workflow.start<typeof searchRun>('searchRun', searchRunStartOptions(run)));
      } catch (error) {
        app.log.warn({ err: error, run: run.id }, 'run not started yet: left to the reconciler');
      }
    },
    async cancel(runId) {
      try {
        await soon(() => client.workflow.getHandle(searchRunWorkflowId(runId)).cancel());
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return;
        app.log.warn({ err: error, run: runId }, 'run not cancelled yet: left to the reconciler');
      }
    },
    async check() {
      await within(checkTimeoutMs, () => connection.workflowService.getSystemInfo({}));
    },
  });
});
