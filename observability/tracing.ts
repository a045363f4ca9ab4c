import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import type { SpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { ProcessName } from './log.js';
import type { TracingSettings } from './settings.js';

/** A process that traces. */
export interface Tracing {
  /** Where spans made elsewhere are handed in: those of workflows. */
  spanProcessor: SpanProcessor;
  /** Which process they are of. */
  resource: Resource;
  /** Sends what is left. */
  stop(): Promise<void>;
}

/** How long the end of a process waits for the collector, in milliseconds. */
const exportTimeoutMs = 5_000;

/**
 * Traces this process from now on, if it is told where to. OpenTelemetry's SDK is loaded only then; without it the spans
 * that the code makes are empty ones, which cost next to nothing.
 */
export async function startTracing(
  process: ProcessName,
  settings: TracingSettings,
  log: { warn(what: object, message: string): void },
): Promise<Tracing | undefined> {
  const endpoint = settings.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (endpoint === undefined) return undefined;
  const { createTracing } = await import('./tracing-sdk.js');
  return createTracing({
    serviceName: `searching-the-fox-${process}`,
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    headers: headersOf(settings.OTEL_EXPORTER_OTLP_HEADERS),
    ratio: settings.OTEL_TRACES_SAMPLER_ARG,
    timeoutMs: exportTimeoutMs,
    warn: (reason) => log.warn({ reason }, 'traces are not sent'),
  });
}

function headersOf(text: string | undefined): Record<string, string> {
  const pairs = (text ?? '').split(',').filter(Boolean);
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [name.trim(), decodeURIComponent(value.join('=').trim())];
    }),
  );
}

const tracer = () => trace.getTracer('searching-the-fox');

/** Does a step as a span of the trace that is under way, if any. */
export function inSpan<Result>(
  name: string,
  attributes: Record<string, string | number>,
  step: () => Promise<Result>,
): Promise<Result> {
  return tracer().startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await step();
    } catch (error) {
      // Its words are the log's: a span says that it failed.
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

type Headers = Record<string, string | string[] | undefined>;

/** The request that a server answers, as a span under the one that its `traceparent` names. */
export function startServerSpan(method: string, headers: Headers) {
  const from = propagation.extract(context.active(), headers);
  const span = tracer().startSpan(
    method,
    { kind: SpanKind.SERVER, attributes: { 'http.request.method': method } },
    from,
  );
  return {
    /** What is done for it is done in here. */
    context: trace.setSpan(from, span),
    /** Undefined while this process does not trace. */
    traceId: span.isRecording() ? span.spanContext().traceId : undefined,
    /** `traceparent` for whom this process asks on behalf of the request. */
    handOn(): Record<string, string> {
      const told: Record<string, string> = {};
      propagation.inject(trace.setSpan(from, span), told);
      return told;
    },
    end({ route, status }: { route: string; status: number }): void {
      span.updateName(`${method} ${route}`);
      span.setAttributes({ 'http.route': route, 'http.response.status_code': status });
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}
export type ServerSpan = ReturnType<typeof startServerSpan>;
