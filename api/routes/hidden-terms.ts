import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { hiddenTermListSchema, hideTermSchema } from '../job-schemas.js';
import { newestFirst, pageOf } from '../keyset.js';
import { dataOf, expectDone } from '../plugins/supabase.js';
import { hiddenTermColumns, readHiddenTerm } from '../result-rows.js';
import { hiddenTermSchema } from '../result-schemas.js';
import { cursor, problemSchema } from '../schemas.js';

/** Companies and words whose jobs a person does not want to see. */
export const hiddenTermRoutes: FastifyPluginAsyncZod = async (app) => {
  app.addHook('preParsing', app.authenticate);
  const shared = { tags: ['jobs'], security: [{ bearer: [] }] };

  app.get(
    '/hidden-terms',
    {
      schema: {
        ...shared,
        summary: 'The companies and words that the person hides, the last hidden first',
        querystring: z.object({
          cursor: cursor.optional(),
          limit: z.coerce.number().int().min(1).max(100).default(100),
        }),
        response: { 200: hiddenTermListSchema, '4xx': problemSchema },
      },
    },
    async (request) => {
      const listed = app.supabase(request.person).from('hidden_terms').select(hiddenTermColumns);
      const rows = dataOf(await newestFirst(listed, request.query));
      return pageOf(rows, request.query.limit, readHiddenTerm, (row) => [row.created_at, row.id]);
    },
  );

  app.put(
    '/hidden-terms',
    {
      schema: {
        ...shared,
        summary: 'Hide a company, however boards spell it, or a whole word of title or company',
        description:
          'Results leave its jobs out at once, and so do the next runs. The same again is the same.',
        body: hideTermSchema,
        response: { 200: hiddenTermSchema, '4xx': problemSchema },
      },
    },
    async (request) => {
      const { kind, text } = request.body;
      const term = await app.supabase(request.person).rpc('hide_term', { p_kind: kind, p_text: text });
      return readHiddenTerm(dataOf(term));
    },
  );

  app.delete(
    '/hidden-terms/:id',
    {
      schema: {
        ...shared,
        summary: 'Show a company’s jobs, or those with a word, again',
        params: z.object({ id: z.uuid() }),
        response: { 204: z.null(), '4xx': problemSchema },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      expectDone(await app.supabase(request.person).from('hidden_terms').delete().eq('id', id));
      return reply.code(204).send(null);
    },
  );
};
