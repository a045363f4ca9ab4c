import type { SupabaseClient } from '@supabase/supabase-js';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { isFinished } from '../../domain/run.js';
import type { Company } from '../company-schemas.js';
import type { ApiSettings } from '../config.js';
import { liveStream } from '../live-stream.js';
import type { Person } from '../plugins/authentication.js';
import type { Change } from '../plugins/run-changes.js';
import { dataOf } from '../plugins/supabase.js';
import { Problem } from '../problem.js';
import { runColumns, toRun } from '../rows.js';
import { problemSchema, type Run } from '../schemas.js';
import { readCompanies } from './companies.js';
import { readRun } from './runs.js';

const eventStream = z
  .string()
  .describe(
    'text/event-stream: `event: run`, `data:` a Run, `id:` its revision; and `event: heartbeat`, `data:` ' +
      '`{"everySeconds"}`, once what there was to tell has been told, and from then on that often.',
  );

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
  const readOnce = sharedReads();

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
      let missed = true;
      let heard = 0;
      const concerns = (change?: Change) => {
        if (!change) missed = true;
        else if (!('run' in change) || change.run !== id) return false;
        else heard = change.revision;
        return true;
      };

      await liveStream(request, reply, { concerns, settings }, async (stream) => {
        let sent = Number(reply.sse.lastEventId ?? -1);
        do {
          const changes = missed ? undefined : new Map([[id, heard]]);
          missed = false;
          // Read after the watch began, or a change in between would be lost.
          const [run] = await readOnce(request.person, changes, async () => [await readRun(supabase, id)]);
          if (!run) return;
          if (run.revision !== sent || isFinished(run.status)) await stream.send(runEvent(run));
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
        summary: 'All runs and companies of the person, live',
        description:
          'The first events are the active runs as they are; then each run that changes. A company that the person ' +
          'follows is told as `event: company`, `data:` a Company, when it was checked and when it was first read. ' +
          '`event: marks` says that what the person marked or hides has changed, on whatever device; at the opening, ' +
          'that it has in the minute before.',
        security: [{ bearer: [] }],
        response: { 200: eventStream, '4xx': problemSchema },
      },
    },
    async (request, reply) => {
      const supabase = app.supabase(request.person);
      /** Each with its latest revision. */
      const runs = new Map<string, number>();
      const companies = new Set<string>();
      let marks = false;
      let missed = true;
      // What changed while there was no connection is told by when it did: ended runs are not active any more.
      let since: Date | undefined;
      const concerns = (change?: Change) => {
        if (!change) missed = true;
        else if ('run' in change) runs.set(change.run, change.revision);
        else if ('company' in change) companies.add(change.company);
        else marks = true;
        return true;
      };

      await liveStream(request, reply, { concerns, settings }, async (stream) => {
        do {
          const asked = { runs: new Map(runs), companies: [...companies], missed, since };
          // The page has read them itself, a moment before the opening.
          const opening = since === undefined;
          const marksChanged =
            marks || (missed && (!opening || app.runChanges.marksChangedLately(request.person.id)));
          runs.clear();
          companies.clear();
          missed = false;
          marks = false;
          since = new Date(Date.now() - clockDifferenceMs);
          const told = await readOnce(request.person, asked.missed ? undefined : asked.runs, () =>
            changedRuns(supabase, asked),
          );
          for (const run of told) await stream.send(runEvent(run));
          for (const data of await changedCompanies(supabase, asked)) {
            await stream.send({ event: 'company', data });
          }
          if (marksChanged) await stream.send({ event: 'marks', data: {} });
        } while (await stream.changed());
      });
    },
  );
};

const runEvent = (run: Run) => ({ id: String(run.revision), event: 'run', data: run }) as const;

/** What a stream has to tell. */
interface Asked {
  /** By id, each with its latest revision. */
  runs: ReadonlyMap<string, number>;
  /** `<board>/<token>` */
  companies: string[];
  /** Changes may have been missed since the last reading, or since the page was made. */
  missed: boolean;
  since: Date | undefined;
}

/**
 * One reading for all streams that are woken by the same changes and have the same token, as the tabs of a browser
 * have: the rights are the same, and what is read after a revision was told is at least that revision.
 */
function sharedReads() {
  const underWay = new Map<string, Promise<Run[]>>();
  return (
    { token }: Person,
    changes: ReadonlyMap<string, number> | undefined,
    read: () => Promise<Run[]>,
  ): Promise<Run[]> => {
    if (!changes) return read();
    const key = [token, ...[...changes].flat()].join(' ');
    const reading = underWay.get(key) ?? read().finally(() => underWay.delete(key));
    underWay.set(key, reading);
    return reading;
  };
}

async function changedRuns(supabase: SupabaseClient, { runs, missed, since }: Asked): Promise<Run[]> {
  const filters = [
    ...(missed ? ['status.in.(pending,running)'] : []),
    ...(missed && since ? [`completed_at.gt.${since.toISOString()}`] : []),
    ...(runs.size > 0 ? [`id.in.(${[...runs.keys()].join(',')})`] : []),
  ];
  if (filters.length === 0) return [];
  const rows = dataOf(await supabase.from('search_runs').select(runColumns).or(filters.join(',')));
  return (rows as unknown[]).map(toRun);
}

async function changedCompanies(supabase: SupabaseClient, asked: Asked): Promise<Company[]> {
  if (asked.missed) {
    const since = asked.since ?? new Date(Date.now() - clockDifferenceMs);
    return readCompanies(supabase, { p_changed_since: since.toISOString() });
  }
  const changed = await Promise.all(
    asked.companies.map((company) => {
      const [board, token] = company.split('/');
      return readCompanies(supabase, { p_board: board, p_token: token });
    }),
  );
  return changed.flat();
}
