import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** A span as OTLP's JSON has it, with the process that it is of. */
export interface ReceivedSpan {
  service: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  attributes: Record<string, string>;
}

/** What takes traces: an OpenTelemetry collector as far as its OTLP/HTTP receiver goes. */
export interface Collector {
  url: string;
  spans(): ReceivedSpan[];
  /** Everything that was sent, headers too. */
  received(): string;
  /** The headers of each request that was taken. */
  headers(): IncomingHttpHeaders[];
  /** How many requests were sent away. */
  refused(): number;
  close(): Promise<void>;
}

interface OtlpAttribute {
  key: string;
  value: { stringValue?: string; intValue?: number | string };
}
interface OtlpBody {
  resourceSpans: {
    resource: { attributes: OtlpAttribute[] };
    scopeSpans: {
      spans: (Omit<ReceivedSpan, 'service' | 'attributes'> & { attributes: OtlpAttribute[] })[];
    }[];
  }[];
}

const valuesOf = (attributes: OtlpAttribute[]) =>
  Object.fromEntries(
    attributes.map(({ key, value }) => [
      key,
      String(value.stringValue ?? value.intValue ?? JSON.stringify(value)),
    ]),
  );

/** @param admits whose traces it takes; without it everybody's. */
export async function startCollector(
  admits: (headers: IncomingHttpHeaders) => boolean = () => true,
): Promise<Collector> {
  const bodies: OtlpBody[] = [];
  const headers: IncomingHttpHeaders[] = [];
  let refused = 0;
  const server = createServer(async (request, response) => {
    if (request.method !== 'POST' || request.url !== '/v1/traces') {
      response.writeHead(404).end();
      return;
    }
    if (!admits(request.headers)) {
      refused += 1;
      request.resume();
      response.writeHead(401).end();
      return;
    }
    headers.push(request.headers);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    bodies.push(
      JSON.parse((request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString()),
    );
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: () =>
      bodies.flatMap(({ resourceSpans }) =>
        resourceSpans.flatMap(({ resource, scopeSpans }) => {
          const service = valuesOf(resource.attributes)['service.name'] ?? '';
          return scopeSpans.flatMap(({ spans }) =>
            spans.map((span) => ({ ...span, service, attributes: valuesOf(span.attributes) })),
          );
        }),
      ),
    received: () => JSON.stringify(bodies),
    headers: () => headers,
    refused: () => refused,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
