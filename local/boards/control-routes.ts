import type { IncomingMessage, ServerResponse } from 'node:http';
import { json as readJson } from 'node:stream/consumers';
import { z } from 'zod';
import { behaviourSchema } from './behaviour.js';
import type { Control } from './control.js';
import { wireBoardAt } from './wire-boards.js';

const knownHost = z
  .string()
  .refine((host) => wireBoardAt(host)?.host === host, { error: 'is not the host of a sample board' });

type Route = (control: Control, body: unknown) => unknown;

/**
 * `POST /_control/behaviour {host, behaviour, path?, delayMs?, retryAfterSeconds?, times?}`, `POST /_control/hold {host}`,
 * `POST /_control/release {host?}`, `POST /_control/clock {advanceMs}`, `POST /_control/reset`,
 * `GET /_control/requests`.
 */
const routes: Record<string, Route> = {
  'POST /_control/behaviour': (control, body) =>
    control.setBehaviour(behaviourSchema.extend({ host: knownHost }).parse(body)),
  'POST /_control/hold': (control, body) =>
    control.hold(z.strictObject({ host: knownHost }).parse(body).host),
  'POST /_control/release': (control, body) =>
    control.release(z.strictObject({ host: knownHost.optional() }).parse(body ?? {}).host),
  'POST /_control/clock': (control, body) =>
    control.advanceClock(z.strictObject({ advanceMs: z.int().min(0) }).parse(body).advanceMs),
  'POST /_control/reset': (control) => control.reset(),
  'GET /_control/requests': (control) => ({ requests: control.requests() }),
};

/** Answers 204 or the JSON asked for; 403 to anyone but this machine, 400 with what is wrong, 404. */
export async function answerControl(
  control: Control,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const send = (status: number, body?: unknown) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  };
  if (!/^(::1|(::ffff:)?127\.)/.test(request.socket.remoteAddress ?? '')) {
    return send(403, { error: 'The control API answers this machine alone' });
  }
  const route = routes[`${request.method} ${(request.url ?? '').split('?', 1)[0]}`];
  if (!route) return send(404, { error: 'There is no such control' });
  try {
    const hasBody = request.method === 'POST' && request.headers['content-length'] !== '0';
    const result = route(control, hasBody ? await readJson(request).catch(() => undefined) : undefined);
    return send(result === undefined ? 204 : 200, result);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    return send(400, { error: z.prettifyError(error) });
  }
}
