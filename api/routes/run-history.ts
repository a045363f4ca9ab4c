import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { readHistory } from '../read-history.js';
import { listRunsQuerySchema, runListSchema } from '../run-history-schemas.js';
import { problemSchema } from '../schemas.js';

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
    async (request) => readHistory(app.supabase(request.person), request.query),
  );
};
