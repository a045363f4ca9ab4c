import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';

const state = z.enum(['ok', 'down']);
const readinessSchema = z.object({ ready: z.boolean(), database: state, temporal: state });

export const healthRoutes: FastifyPluginAsyncZod = async (app) => {
  const tags = ['service'];

  app.get(
    '/healthz',
    {
      config: { rateLimit: false },
      schema: { tags, summary: 'The process lives', response: { 200: z.object({ ok: z.literal(true) }) } },
    },
    async () => ({ ok: true as const }),
  );

  app.get(
    '/readyz',
    {
      config: { rateLimit: false },
      schema: {
        tags,
        summary: 'Whether requests can be served',
        description: 'Without Temporal searches are still accepted, so only the database makes it not ready.',
        response: { 200: readinessSchema, 503: readinessSchema },
      },
    },
    async (_request, reply) => {
      const [database, temporal] = await Promise.all([
        stateOf(app.runChanges.check()),
        stateOf(app.runWorkflows.check()),
      ]);
      const ready = database === 'ok';
      return reply.code(ready ? 200 : 503).send({ ready, database, temporal });
    },
  );
};

const stateOf = (check: Promise<void>) =>
  check.then(
    () => 'ok' as const,
    () => 'down' as const,
  );
