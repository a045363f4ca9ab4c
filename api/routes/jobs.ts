import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { jobMarkKindSchema } from '../../domain/job-mark.js';
import { applyForJobSchema, jobListSchema, listJobsQuerySchema, writeJobNoteSchema } from '../job-schemas.js';
import { decodeCursor, pageOf, timePosition } from '../keyset.js';
import { dataOf, expectDone } from '../plugins/supabase.js';
import { jobPageSchema, readJobMark, toJob } from '../result-rows.js';
import { jobMarkSchema } from '../result-schemas.js';
import { problemSchema } from '../schemas.js';

const params = z.object({ id: z.uuid() });

/** What a person does with jobs: save, hide, apply, note. Everything can be repeated and taken back. */
export const jobRoutes: FastifyPluginAsyncZod = async (app) => {
  app.addHook('preParsing', app.authenticate);
  const shared = { tags: ['jobs'], security: [{ bearer: [] }] };
  const marked = { 200: jobMarkSchema, '4xx': problemSchema };

  app.get(
    '/jobs',
    {
      schema: {
        ...shared,
        summary: 'The jobs that the person has marked, the last marked first',
        description:
          'Jobs stay when they are closed, with the date; those applied for are ordered by that day.',
        querystring: listJobsQuerySchema,
        response: { 200: jobListSchema, '4xx': problemSchema },
      },
    },
    async (request) => {
      const { mark, cursor, limit } = request.query;
      const after = decodeCursor(cursor, timePosition);
      const page = await app.supabase(request.person).rpc('marked_jobs', {
        p_mark: mark,
        p_after_at: after?.[0] ?? null,
        p_after_posting: after?.[1] ?? null,
        p_limit: limit + 1,
      });
      const { counts, items } = jobPageSchema.parse(dataOf(page));
      return { counts, ...pageOf(items, limit, toJob, (row) => [row.at, row.posting_id]) };
    },
  );

  for (const [mark, summary] of [
    ['saved', 'Save a job'],
    ['hidden', 'Hide a job: results leave it out at once, and so do the next runs'],
  ] as const) {
    app.put(
      `/jobs/:id/${mark}`,
      { schema: { ...shared, summary, params, response: marked } },
      async (request) => {
        const ask = { p_posting: request.params.id, p_mark: mark };
        return readJobMark(dataOf(await app.supabase(request.person).rpc('mark_job', ask)));
      },
    );
  }

  app.put(
    '/jobs/:id/applied',
    {
      schema: {
        ...shared,
        summary: 'Mark a job as applied for',
        params,
        body: applyForJobSchema,
        response: marked,
      },
    },
    async (request) => {
      const mark = await app.supabase(request.person).rpc('mark_job', {
        p_posting: request.params.id,
        p_mark: 'applied',
        p_applied_on: request.body.on ?? null,
        p_note: request.body.note ?? null,
      });
      return readJobMark(dataOf(mark));
    },
  );

  app.put(
    '/jobs/:id/note',
    {
      schema: {
        ...shared,
        summary: 'Note something on a job that is marked; an empty note removes it',
        params,
        body: writeJobNoteSchema,
        response: marked,
      },
    },
    async (request) => {
      const ask = { p_posting: request.params.id, p_note: request.body.note };
      return readJobMark(dataOf(await app.supabase(request.person).rpc('note_job', ask)));
    },
  );

  app.delete(
    '/jobs/:id/:mark',
    {
      schema: {
        ...shared,
        summary: 'Take a mark back',
        description: 'A note stays, and is there again when the job is marked again.',
        params: params.extend({ mark: jobMarkKindSchema }),
        response: { 204: z.null(), '4xx': problemSchema },
      },
    },
    async (request, reply) => {
      const { id, mark } = request.params;
      expectDone(await app.supabase(request.person).rpc('unmark_job', { p_posting: id, p_mark: mark }));
      return reply.code(204).send(null);
    },
  );
};
