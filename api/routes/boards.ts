import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { availabilityOf, boards } from '../../activities/boards/registry.js';
import type { ApiSettings } from '../config.js';
import { boardListSchema } from '../schemas.js';

export const boardRoutes: FastifyPluginAsyncZod<{ settings: ApiSettings }> = async (app, { settings }) => {
  app.get(
    '/boards',
    {
      schema: {
        tags: ['boards'],
        summary: 'The boards that are searched, with the links back that their terms ask for',
        response: { 200: boardListSchema },
      },
    },
    async () => ({
      mode: settings.BOARDS_MODE,
      items: boards.map(({ name, label, kind, needs, attribution, minSyncIntervalSeconds }) => ({
        name,
        label,
        kind,
        availability: availabilityOf({ needs }, {}),
        attribution,
        minSyncIntervalSeconds,
      })),
    }),
  );
};
