import { context } from '@opentelemetry/api';
import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { Gauge, type Registry } from 'prom-client';
import {
  createRegistry,
  histogramOf,
  requestDurations,
  serveMetrics,
} from '../../observability/metrics-server.js';
import { timed } from '../../observability/timed.js';
import { inSpan, type ServerSpan, startServerSpan } from '../../observability/tracing.js';
import type { ApiSettings } from '../config.js';

/** Calls to what the API stands on, each timed for the metrics and a span of its request's trace. */
export interface ObservedCalls {
  /** @param operation what PostgREST or the auth server is asked for, of a fixed set: `rpc/create_search_run`, `runs`. */
  supabase(operation: string, call: () => Promise<Response>): Promise<Response>;
  /** @param operation the method of Temporal's client: `start`. */
  temporal<Result>(operation: string, call: () => Promise<Result>): Promise<Result>;
}

declare module 'fastify' {
  interface FastifyInstance {
    metrics: Registry;
    observed: ObservedCalls;
  }
  interface FastifyRequest {
    span: ServerSpan;
  }
}

/** What a request was of: never its path. */
export const routeOf = (request: FastifyRequest): string => request.routeOptions.url ?? '*';

/** Metrics of every request and of every call made for it, and the spans that join them. */
export default fp<{ settings: ApiSettings }>(async (app, { settings }) => {
  const registry = createRegistry();
  const durations = requestDurations(registry);
  app.decorate('metrics', registry);
  app.decorate('observed', observedCalls(registry));

  // biome-ignore lint/suspicious/noExplicitAny: set by the first hook, before anybody reads it.
  app.decorateRequest('span', null as any);
  app.addHook('onRequest', (request, reply, done) => {
    request.span = startServerSpan(request.method, request.headers);
    const { traceId } = request.span;
    if (traceId) {
      request.log = request.log.child({ traceId });
      reply.log = request.log;
    }
    context.with(request.span.context, done);
  });
  // A body arrives in the connection's own context.
  app.addHook('preValidation', (request, _reply, done) => context.with(request.span.context, done));
  app.addHook('onResponse', async (request, reply) => {
    const route = routeOf(request);
    const status = reply.statusCode;
    request.span.end({ route, status });
    const isStream = String(reply.getHeader('content-type') ?? '').startsWith('text/event-stream');
    // A stream lasts as long as its page.
    if (!isStream) durations.observe({ method: request.method, route, status }, reply.elapsedTime / 1000);
  });

  app.addHook('onReady', async () => {
    const { runChanges } = app;
    new Gauge({
      name: 'fox_live_streams',
      help: 'Live streams that are open',
      registers: [registry],
      collect() {
        this.set(runChanges.allWatchers());
      },
    });
    new Gauge({
      name: 'fox_database_heard',
      help: '1 while changes in the database are heard, 0 while they are not',
      registers: [registry],
      collect() {
        this.set(runChanges.hears() ? 1 : 0);
      },
    });
  });

  const { API_METRICS_HOST: host, API_METRICS_PORT: port } = settings;
  if (port === undefined) return;
  const server = await serveMetrics(registry, host, port);
  app.addHook('onClose', async () => server.close());
});

function observedCalls(registry: Registry): ObservedCalls {
  const supabase = histogramOf(
    registry,
    'fox_supabase_request_duration_seconds',
    'Time until Supabase answered, by what was asked for and the HTTP status (0: no answer)',
    ['operation', 'status'],
  );
  const temporal = histogramOf(
    registry,
    'fox_temporal_call_duration_seconds',
    'Time until Temporal answered, by call and outcome',
    ['operation', 'outcome'],
  );
  return {
    supabase: (operation, call) =>
      timed(
        () => inSpan(`supabase ${operation}`, { 'db.operation.name': operation }, call),
        (seconds, end) => supabase.observe({ operation, status: end.ok ? end.result.status : 0 }, seconds),
      ),
    temporal: (operation, call) =>
      timed(
        () => inSpan(`temporal ${operation}`, { 'rpc.method': operation }, call),
        (seconds, { ok }) => temporal.observe({ operation, outcome: ok ? 'ok' : 'error' }, seconds),
      ),
  };
}
