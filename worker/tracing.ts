import { createRequire } from 'node:module';
import type { WorkflowClientInterceptor } from '@temporalio/client';
import { OpenTelemetryWorkflowClientInterceptor } from '@temporalio/interceptors-opentelemetry/lib/client/index.js';
import {
  makeWorkflowExporter,
  OpenTelemetryActivityInboundInterceptor,
  OpenTelemetryActivityOutboundInterceptor,
} from '@temporalio/interceptors-opentelemetry/lib/worker/index.js';
import type { WorkerOptions } from '@temporalio/worker';
import type { Tracing } from '../observability/tracing.js';

/**
 * What joins a workflow to the trace of whoever started it. It adds headers, no commands: histories of workers that trace
 * and of workers that do not replay on either. It is in a bundle of its own, since OpenTelemetry in the sandbox costs
 * every execution something.
 */
export const tracedWorkflowModules = [
  createRequire(import.meta.url).resolve('@temporalio/interceptors-opentelemetry/lib/workflow-interceptors'),
];

/** The bundle with those modules, beside the one without. */
export const tracedBundle = (bundle: string) => bundle.replace(/\.js$/, '-traced.js');

export const tracedClient = (): WorkflowClientInterceptor[] => [new OpenTelemetryWorkflowClientInterceptor()];

export function tracedActivities(): Pick<WorkerOptions, 'interceptors'> {
  return {
    interceptors: {
      activity: [
        (context) => ({
          inbound: new OpenTelemetryActivityInboundInterceptor(context),
          outbound: new OpenTelemetryActivityOutboundInterceptor(context),
        }),
      ],
    },
  };
}

/** Takes the spans that workflows made out of their sandbox. */
export const workflowSpans = ({ spanProcessor, resource }: Tracing): Pick<WorkerOptions, 'sinks'> => ({
  sinks: { exporter: makeWorkflowExporter(spanProcessor, resource) },
});
