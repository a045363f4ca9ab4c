import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { decodeCursor, pageOf, timePosition } from '../keyset.js';
import { dataOf } from '../plugins/supabase.js';
import { toRun } from '../rows.js';
import { listRunsQuerySchema, runListSchema } from '../run-history-schemas.js';
import { problemSchema } from '../schemas.js';

const pageSchema = z.object({
  total: z.number(),
  items: z.array(z.looseObject({ id: z.string(), created_at: z.string() })),
});

export const runHistoryRoutes: FastifyPluginAsyncZod = async (app) => {
  app.addHook('preParsing', app.authenticate);

  app.get(
    '/runs',
    {
      schema: {
        tags: ['runs'],
        summary: 'The runs of the person, newest first',
        description: 'Filters are joined by “and”; `total` counts what fits them over all pages.',
        security: [{ bearer: [] }],
        querystring: listRunsQuerySchema,
        response: { 200: runListSchema, '4xx': problemSchema },
      },
    },
    async (request) => {
      const { query } = request;
      const after = decodeCursor(query.cursor, timePosition);
      const page = await app.supabase(request.person).rpc('run_history', {
        p_outcome: query.status ?? null,
        p_active: query.active ?? null,
        p_trigger: query.trigger ?? null,
        p_saved_search: query.savedSearchId ?? null,
        p_rerun_of: query.rerunOf ?? null,
        p_board: query.board ?? null,
        p_error_class: query.errorClass ?? null,
        p_from: query.from ?? null,
        p_until: query.until ?? null,
        p_after_at: after?.[0] ?? null,
        p_after_id: after?.[1] ?? null,
        p_limit: query.limit + 1,
      });
      const { total, items } = pageSchema.parse(dataOf(page));
      return { total, ...pageOf(items, query.limit, toRun, (row) => [row.created_at, row.id]) };
    },
  );
};
