import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { Logger } from 'pino';
import { runIdOf } from '../workflows/workflow-ids.js';
import type { WorkerSettings } from './config.js';
import { histogramBuckets } from './metrics.js';
import { watchProcess } from './process-metrics.js';

/**
 * Temporal's own part of the process: its messages join the log, its metrics are served with ours, and SIGINT and SIGTERM
 * drain every worker within the grace time.
 */
export function installRuntime(log: Logger, settings: WorkerSettings): Runtime {
  const { WORKER_METRICS_HOST: host, WORKER_METRICS_PORT: port } = settings;
  const runtime = Runtime.install({
    shutdownSignals: ['SIGINT', 'SIGTERM'],
    logger: new DefaultLogger('INFO', ({ level, message, meta }) => {
      const write = { TRACE: log.trace, DEBUG: log.debug, INFO: log.info, WARN: log.warn, ERROR: log.error }[
        level
      ];
      write.call(log, ourWords(meta), message);
    }),
    telemetryOptions: {
      // Otherwise its native part would write lines of its own to the terminal.
      logging: { filter: { core: 'WARN', other: 'ERROR' }, forward: {} },
      ...(port !== undefined && {
        metrics: {
          attachServiceName: false,
          prometheus: {
            bindAddress: host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`,
            countersTotalSuffix: true,
            unitSuffix: true,
            useSecondsForDurations: true,
            histogramBucketOverrides: histogramBuckets,
          },
        },
      }),
    },
  });
  if (port !== undefined) watchProcess(runtime.metricMeter);
  return runtime;
}

/**
 * `runId` is a search run's, as in the log of the API and the site. Temporal means an execution of a workflow by it, which
 * is `workflowRunId` here. The run is that of the workflow, or the one that an activity names by `searchRun`.
 */
function ourWords(meta: Record<string, unknown> = {}): Record<string, unknown> {
  // A task's token says nothing to a reader.
  const {
    runId: workflowRunId,
    searchRun,
    trace_id: traceId,
    span_id,
    trace_flags,
    taskToken,
    ...rest
  } = meta;
  const runId = searchRun ?? searchRunOf(rest.workflowId);
  return {
    ...(runId !== undefined && { runId }),
    ...rest,
    ...(workflowRunId !== undefined && { workflowRunId }),
    ...(traceId !== undefined && { traceId }),
  };
}

function searchRunOf(workflowId: unknown): string | undefined {
  return typeof workflowId === 'string' && workflowId.startsWith('search-run/')
    ? runIdOf(workflowId)
    : undefined;
}
