import { DiagLogLevel, diag, SpanStatusCode } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { Resource } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  type ReadableSpan,
  type SpanProcessor,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { scrub } from './scrub.js';
import type { Tracing } from './tracing.js';

interface TracingOptions {
  serviceName: string;
  /** Of the collector's traces. */
  url: string;
  headers: Record<string, string>;
  /** Of the traces that begin here, from 0 to 1. */
  ratio: number;
  timeoutMs: number;
  /** Told what goes wrong with the tracing itself. */
  warn(message: string): void;
}

/** OpenTelemetry's SDK, made this process's own. It is a module of its own so that whoever does not trace never loads it. */
export function createTracing({
  serviceName,
  url,
  headers,
  ratio,
  timeoutMs,
  warn,
}: TracingOptions): Tracing {
  const quiet = () => undefined;
  const tell = (text: string) => warn(reasonOf(text));
  diag.setLogger({ error: tell, warn: tell, info: quiet, debug: quiet, verbose: quiet }, DiagLogLevel.WARN);
  const resource = new Resource({ 'service.name': serviceName });
  const spanProcessor = tellNoMore(
    new BatchSpanProcessor(
      new OTLPTraceExporter({
        url,
        headers,
        timeoutMillis: timeoutMs,
        // One request in five seconds: a connection kept that long is closed by many a server at that very moment.
        keepAlive: false,
      }),
    ),
  );
  const provider = new NodeTracerProvider({
    resource,
    spanProcessors: [spanProcessor],
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
  });
  // The trace's context alone: baggage would carry whatever a browser wrote into it through every process.
  provider.register({ propagator: new W3CTraceContextPropagator() });
  return { spanProcessor, resource, stop: () => provider.shutdown() };
}

/** The SDK tells an error as JSON, with its stack: in a log its message is enough. */
function reasonOf(text: string): string {
  try {
    return String((JSON.parse(text) as { message: unknown }).message);
  } catch {
    return text;
  }
}

/** Attributes that say where a span belongs. The SDK of workflows would add the person's id, memos and more. */
const told =
  /^(http\.|db\.|rpc\.|board$|temporal|run_id$|workflow(Id|Type)$|runId$|taskQueue$|exception\.type$)/;

/** A span leaves with the attributes named above, and with its error scrubbed. */
function tellNoMore(processor: SpanProcessor): SpanProcessor {
  return {
    onStart: (span, context) => processor.onStart(span, context),
    onEnd: (span) => processor.onEnd(cleaned(span)),
    forceFlush: () => processor.forceFlush(),
    shutdown: () => processor.shutdown(),
  };
}

function cleaned(span: ReadableSpan): ReadableSpan {
  const { status } = span;
  return Object.assign(Object.create(span) as ReadableSpan, {
    attributes: toldOf(span.attributes),
    events: span.events.map((event) => ({ ...event, attributes: toldOf(event.attributes ?? {}) })),
    status:
      status.code === SpanStatusCode.ERROR && status.message
        ? { ...status, message: scrub(status.message) }
        : status,
  });
}

const toldOf = (attributes: ReadableSpan['attributes']) =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => told.test(name)));
