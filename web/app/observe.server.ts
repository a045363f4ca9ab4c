import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { format } from 'node:util';
import morgan from 'morgan';
import { createLog, logTheEnd } from '../../observability/log.js';
import { createRegistry, requestDurations, serveMetrics } from '../../observability/metrics-server.js';
import { type ServerSpan, startServerSpan, startTracing } from '../../observability/tracing.js';
import { config } from './config.server.js';
import { matchTemplate } from './route-template.server.js';

const log = createLog('site', config.LOG_LEVEL);

/** Logs, metrics and traces of the whole process: what Remix's server and this app say, and each request by its route. */
export function observe(): void {
  logTheEnd(log);
  // What others print is a line of the log as well.
  Object.assign(console, {
    log: (...words: unknown[]) => log.info(format(...words)),
    info: (...words: unknown[]) => log.info(format(...words)),
    warn: (...words: unknown[]) => log.warn(format(...words)),
    error: (...words: unknown[]) => tellError(words),
  });
  // Remix's server would print every path, and paths hold the secrets of feeds and of mails' links.
  morgan.format('tiny', () => undefined);
  void startTracing('site', config, log);

  const registry = createRegistry();
  const durations = requestDurations(registry);
  if (config.SITE_METRICS_PORT !== undefined) {
    serveMetrics(registry, config.SITE_METRICS_HOST, config.SITE_METRICS_PORT).catch((error) => {
      log.fatal({ err: error }, 'the metrics cannot be served');
      process.exit(1);
    });
  }

  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    // The metrics' own server is heard here, too.
    if (request.socket.localPort === config.SITE_METRICS_PORT) return;
    const begun = performance.now();
    const span = startServerSpan(request.method ?? '', request.headers);
    // A Remix request knows nothing but headers: whatever asks the API for it hands this one on.
    Object.assign(request.headers, span.handOn());
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    response.once('close', () => {
      tellRequest({ request, response, path, span, milliseconds: performance.now() - begun }).catch((error) =>
        log.error({ err: error }, 'a request was not logged'),
      );
    });
  });

  interface Answered {
    request: IncomingMessage;
    response: ServerResponse;
    path: string;
    span: ServerSpan;
    milliseconds: number;
  }

  async function tellRequest({ request, response, path, span, milliseconds }: Answered): Promise<void> {
    const { method = '' } = request;
    const { route, runId } = await matchTemplate(path);
    const { statusCode: status } = response;
    span.end({ route, status });
    const isStream = String(response.getHeader('content-type') ?? '').startsWith('text/event-stream');
    // A stream lasts as long as its page.
    if (!isStream) durations.observe({ method, route, status }, milliseconds / 1000);
    log.info(
      {
        method,
        route,
        status,
        milliseconds: Math.round(milliseconds),
        ...(!response.writableFinished && { broken: true }),
        ...(runId && { runId }),
        ...(span.traceId && { traceId: span.traceId }),
      },
      'request',
    );
  }
}

function tellError(words: unknown[]): void {
  const [error] = words;
  // What Remix's server says when it has closed without an error.
  if (error === undefined) return;
  if (error instanceof Error) log.error({ err: error }, error.message);
  else log.error(format(...words));
}
