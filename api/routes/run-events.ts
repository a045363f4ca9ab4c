import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { isFinished } from '../../domain/run.js';
import type { ApiSettings } from '../config.js';
import { liveStream } from '../live-stream.js';
import { dataOf } from '../plugins/supabase.js';
import { Problem } from '../problem.js';
import { runColumns, toRun } from '../rows.js';
import { problemSchema } from '../schemas.js';
import { readRun } from './runs.js';

const eventStream = z.string().describe('text/event-stream: `event: run`, `data:` a Run, `id:` its revision');

/** Live status as Server-Sent Events: each event is the whole run as it is now, so none has to be replayed. */
export const runEventRoutes: FastifyPluginAsyncZod<{ settings: ApiSettings }> = async (app, { settings }) => {
  app.addHook('onRequest', app.authenticate);
  app.addHook('preHandler', async ({ person }) => {
    if (app.runChanges.watchers(person.id) < settings.STREAMS_PER_USER) return;
    throw new Problem('rate-limited', `At most ${settings.STREAMS_PER_USER} live streams can be open.`, {
      retryAfterSeconds: settings.STREAM_HEARTBEAT_SECONDS,
    });
  });

  app.get(
    '/runs/:id/events',
    {
      sse: 'only',
      schema: {
        tags: ['runs'],
        summary: 'One run, live',
        description:
          'The first event is the run as it is, unless Last-Event-ID is its revision. Ends with the run.',
        security: [{ bearer: [] }],
        params: z.object({ id: z.uuid() }),
        response: { 200: eventStream, '4xx': problemSchema },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const supabase = app.supabase(request.person);
      // Before the stream opens: an unknown run is a 404.
      await readRun(supabase, id);
      const concerns = (change?: { run: string }) => change === undefined || change.run === id;

      await liveStream(request, reply, concerns, async (stream) => {
        let sent = Number(reply.sse.lastEventId ?? -1);
        do {
          // Read after the watch began, or a change in between would be lost.
          const run = await readRun(supabase, id);
          if (run.revision !== sent || isFinished(run.status)) await stream.send(run);
          if (isFinished(run.status)) return;
          sent = run.revision;
        } while (await stream.changed());
      });
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
      let activeToo = true;
      const note = (change?: { run: string }) => {
        if (change) changed.add(change.run);
        else activeToo = true;
        return true;
      };

      await liveStream(request, reply, note, async (stream) => {
        do {
          const filters = [
            ...(activeToo ? ['status.in.(pending,running)'] : []),
            ...(changed.size > 0 ? [`id.in.(${[...changed].join(',')})`] : []),
          ];
          changed.clear();
          activeToo = false;
          const rows = dataOf(await supabase.from('search_runs').select(runColumns).or(filters.join(',')));
          for (const row of rows as unknown[]) await stream.send(toRun(row));
        } while (await stream.changed());
      });
    },
  );
};
