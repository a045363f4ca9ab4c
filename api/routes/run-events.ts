import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { isFinished } from '../../domain/run.js';
import type { ApiSettings } from '../config.js';
import { dataOf } from '../plugins/supabase.js';
import { Problem } from '../problem.js';
import { runColumns, toRun } from '../rows.js';
import { problemSchema, type Run } from '../schemas.js';
import { readRun } from './runs.js';

const eventStream = z.string().describe('text/event-stream: `event: run`, `data:` a Run, `id:` its revision');

/** Live status as Server-Sent Events: each event is the whole run as it is now, so none has to be replayed. */
export const runEventRoutes: FastifyPluginAsyncZod<{ settings: ApiSettings }> = async (app, { settings }) => {
  app.addHook('onRequest', app.authenticate);
  app.addHook('preHandler', async (request) => {
    if (app.runChanges.watchers(request.person.id) >= settings.STREAMS_PER_USER) {
      throw new Problem('rate-limited', `At most ${settings.STREAMS_PER_USER} live streams can be open.`, {
        retryAfterSeconds: settings.STREAM_HEARTBEAT_SECONDS,
      });
    }
  });

  app.get(
    '/runs/:id/events',
    {
      sse: 'only',
      schema: {
        tags: ['runs'],
        summary: 'One run, live',
        description: 'The first event is the run as it is. The stream ends with the run.',
        security: [{ bearer: [] }],
        params: z.object({ id: z.uuid() }),
        response: { 200: eventStream, '4xx': problemSchema },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const supabase = app.supabase(request.person);
      const first = await readRun(supabase, id);
      const changes = watchChanges(request, reply, (change) => change === undefined || change.run === id);

      let run = first;
      let sent = Number(reply.sse.lastEventId ?? -1);
      for (;;) {
        if (run.revision !== sent || isFinished(run.status)) await sendRun(reply, run);
        sent = run.revision;
        if (isFinished(run.status) || !(await changes.next())) break;
        run = await readRun(supabase, id);
      }
      reply.sse.close();
    },
  );

  app.get(
    '/events',
    {
      sse: 'only',
      schema: {
        tags: ['runs'],
        summary: 'All runs of the person, live',
        description: 'The first events are the active runs as they are; then each run that changes.',
        security: [{ bearer: [] }],
        response: { 200: eventStream, '4xx': problemSchema },
      },
    },
    async (request, reply) => {
      const supabase = app.supabase(request.person);
      const changed = new Set<string>();
      let missed = true;
      const changes = watchChanges(request, reply, (change) => {
        if (change) changed.add(change.run);
        else missed = true;
        return true;
      });
      // Headers go out at once, also when there is nothing to tell yet.
      reply.sse.sendHeaders();
      do {
        const query = supabase.from('search_runs').select(runColumns);
        const ids = [...changed];
        const rows = missed ? dataOf(await query.or(activeOr(ids))) : dataOf(await query.in('id', ids));
        for (const id of ids) changed.delete(id);
        missed = false;
        for (const row of rows as unknown[]) await sendRun(reply, toRun(row));
      } while (await changes.next());
      reply.sse.close();
    },
  );

  const activeOr = (ids: string[]) =>
    ['status.in.(pending,running)', ...(ids.length > 0 ? [`id.in.(${ids.join(',')})`] : [])].join(',');

  async function sendRun(reply: FastifyReply, run: Run) {
    await reply.sse.send({ id: String(run.revision), event: 'run', data: run });
  }

  /** Waits for changes, several at once as one, until the client goes or its token ends. */
  function watchChanges(
    request: FastifyRequest,
    reply: FastifyReply,
    concerns: (change: { run: string } | undefined) => boolean,
  ) {
    let changed = false;
    let open = true;
    let wake = () => {};
    const unwatch = app.runChanges.watch(request.person.id, (change) => {
      if (!concerns(change)) return;
      changed = true;
      wake();
    });
    const end = () => {
      open = false;
      clearTimeout(expiry);
      unwatch();
      wake();
    };
    // The client comes back with a fresh token.
    const expiry = setTimeout(end, Math.max(0, request.person.expiresAt - Date.now()));
    reply.sse.keepAlive();
    reply.sse.onClose(end);
    return {
      /** `false` when the stream is over. */
      async next(): Promise<boolean> {
        if (!changed && open) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
        changed = false;
        return open;
      },
    };
  }
};
