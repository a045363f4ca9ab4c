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

/** How far the database's clock may be from this one. A run told once more does no harm. */
const clockDifferenceMs = 60_000;

/** Live status as Server-Sent Events: each event is the whole run as it is now, so none has to be replayed. */
export const runEventRoutes: FastifyPluginAsyncZod<{ settings: ApiSettings }> = async (app, { settings }) => {
  app.addHook('preParsing', app.authenticate);
  // The plugin's own refusal is no problem+json.
  app.addHook('preHandler', async ({ headers: { accept = '*/*' } }) => {
    if (!/text\/event-stream|(text|\*)\/\*/i.test(accept)) {
      throw new Problem('not-acceptable', 'This route answers with text/event-stream only.');
    }
  });
  const limits = {
    most: settings.STREAMS_PER_USER,
    retryAfterSeconds: settings.STREAM_HEARTBEAT_SECONDS,
  };

  app.get(
    '/runs/:id/events',
    {
      sse: 'manual',
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

      await liveStream(request, reply, { concerns, ...limits }, async (stream) => {
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
      sse: 'manual',
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
      // Runs that ended while there was no connection are not active any more: told by when they ended.
      let endedSince: Date | undefined;
      const concerns = (change?: { run: string }) => {
        if (change) changed.add(change.run);
        else missed = true;
        return true;
      };

      await liveStream(request, reply, { concerns, ...limits }, async (stream) => {
        do {
          const filters = [
            ...(missed ? ['status.in.(pending,running)'] : []),
            ...(missed && endedSince ? [`completed_at.gt.${endedSince.toISOString()}`] : []),
            ...(changed.size > 0 ? [`id.in.(${[...changed].join(',')})`] : []),
          ];
          changed.clear();
          missed = false;
          endedSince = new Date(Date.now() - clockDifferenceMs);
          const rows = dataOf(await supabase.from('search_runs').select(runColumns).or(filters.join(',')));
          for (const row of rows as unknown[]) await stream.send(toRun(row));
        } while (await stream.changed());
      });
    },
  );
};
