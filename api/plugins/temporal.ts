import {
  Client,
  Connection,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { OpenTelemetryWorkflowClientInterceptor } from '@temporalio/interceptors-opentelemetry/lib/client/index.js';
import fp from 'fastify-plugin';
import type { Company } from '../../activities/check-company.js';
import type { TickRequest } from '../../activities/note-tick-request.js';
import type { BoardName } from '../../domain/board.js';
import { sourceKey } from '../../domain/source.js';
import { clientConnectionOptions } from '../../temporal/connection.js';
import type { boardSync } from '../../workflows/board-sync.js';
import type { companyCheck } from '../../workflows/company-check.js';
import type { requestTick } from '../../workflows/request-tick.js';
import type { searchRun } from '../../workflows/search-run.js';
import {
  boardSyncStartOptions,
  companyCheckStartOptions,
  searchRunStartOptions,
  tickRequestStartOptions,
} from '../../workflows/start-options.js';
import { searchRunWorkflowId } from '../../workflows/workflow-ids.js';
import type { QueueFigures } from '../admin-schemas.js';
import type { ApiSettings } from '../config.js';
import { Problem } from '../problem.js';
import { readTaskQueues } from '../task-queues.js';

/** The workflows of runs. Neither call throws when Temporal cannot be reached: the reconciler makes up for it. */
export interface RunWorkflows {
  start(run: Parameters<typeof searchRunStartOptions>[0]): Promise<void>;
  cancel(runId: string): Promise<void>;
  /** @throws when Temporal cannot be reached. */
  check(): Promise<void>;
}

/** The workflows of companies. No call throws: the reconciler starts a check, and a search reads what was not read. */
export interface CompanyWorkflows {
  check(company: Company): Promise<void>;
  /** Reads the company's postings, unless that was done in the last `freshSeconds`. */
  sync(company: Company, freshSeconds: number): Promise<void>;
}

/** Ticks that are asked for from outside. */
export interface TickRequests {
  /**
   * Lets a request in, once for each id; its workflow notes it and starts the tick.
   * @returns false when it was let in before.
   * @throws Problem `service-unavailable` when Temporal cannot be reached: the request can be made again.
   */
  accept(id: string, request: TickRequest): Promise<boolean>;
}

/** What waits for the workers. It does not throw: with Temporal away it says so. */
export interface TaskQueues {
  read(readyBoards: readonly BoardName[]): Promise<QueueFigures>;
}

/** A health check answers in time whatever Temporal does. */
const checkTimeoutMs = 1_000;

declare module 'fastify' {
  interface FastifyInstance {
    runWorkflows: RunWorkflows;
    companyWorkflows: CompanyWorkflows;
    tickRequests: TickRequests;
    taskQueues: TaskQueues;
  }
}

export default fp<{ settings: ApiSettings }>(async (app, { settings }) => {
  // Lazy: the API accepts searches while Temporal is down.
  const connection = Connection.lazy(clientConnectionOptions(settings));
  const client = new Client({
    connection,
    namespace: settings.TEMPORAL_NAMESPACE,
    // What a request starts belongs to its trace.
    ...(settings.OTEL_EXPORTER_OTLP_ENDPOINT && {
      interceptors: { workflow: [new OpenTelemetryWorkflowClientInterceptor()] },
    }),
  });
  app.addHook('onClose', () => connection.close());

  const within = <Result>(milliseconds: number, operation: string, call: () => Promise<Result>) =>
    app.observed.temporal(operation, () => client.withDeadline(Date.now() + milliseconds, call));
  const soon = <Result>(operation: string, call: () => Promise<Result>) =>
    within(settings.TEMPORAL_START_TIMEOUT_MS, operation, call);

  app.decorate('companyWorkflows', {
    async check(company) {
      try {
        await soon('start', () =>
          client.workflow.start<typeof companyCheck>('companyCheck', companyCheckStartOptions(company)),
        );
      } catch (error) {
        app.log.warn({ err: error, ...company }, 'company not checked yet: left to the reconciler');
      }
    },
    async sync({ board, token }, freshSeconds) {
      const options = boardSyncStartOptions(sourceKey(board, token), freshSeconds);
      try {
        await soon('start', () => client.workflow.start<typeof boardSync>('boardSync', options));
      } catch (error) {
        app.log.warn({ err: error, board, token }, 'company not read yet: left to the next search');
      }
    },
  });

  app.decorate('tickRequests', {
    async accept(id, request) {
      try {
        await soon('start', () =>
          client.workflow.start<typeof requestTick>('requestTick', tickRequestStartOptions(id, request)),
        );
        return true;
      } catch (error) {
        if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
        throw new Problem('service-unavailable', 'Temporal cannot be reached.', {
          retryAfterSeconds: 5,
          cause: error,
        });
      }
    },
  });

  app.decorate('taskQueues', {
    async read(readyBoards) {
      try {
        const read = () => readTaskQueues(client, settings, readyBoards);
        return { away: null, ...(await soon('describe', read)) };
      } catch (error) {
        app.log.warn({ err: error }, 'task queues not read');
        const away = `Temporal cannot be reached at ${settings.TEMPORAL_ADDRESS}.`;
        return { away, queues: [], workers: [], versions: [] };
      }
    },
  });

  app.decorate('runWorkflows', {
    async start(run) {
      try {
        await soon('start', () =>
          client.workflow.start<typeof searchRun>('searchRun', searchRunStartOptions(run)),
        );
      } catch (error) {
        app.log.warn({ err: error, runId: run.id }, 'run not started yet: left to the reconciler');
      }
    },
    async cancel(runId) {
      try {
        await soon('cancel', () => client.workflow.getHandle(searchRunWorkflowId(runId)).cancel());
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return;
        app.log.warn({ err: error, runId }, 'run not cancelled yet: left to the reconciler');
      }
    },
    async check() {
      await within(checkTimeoutMs, 'check', () => connection.workflowService.getSystemInfo({}));
    },
  });
});
