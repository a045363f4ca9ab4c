import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { boards } from '../../activities/boards/registry.js';
import { readAvailability } from '../boards.js';
import type { ApiSettings } from '../config.js';
import { boardListSchema, problemSchema } from '../schemas.js';

export const boardRoutes: FastifyPluginAsyncZod<{ settings: ApiSettings }> = async (app, { settings }) => {
  app.get(
    '/boards',
    {
      schema: {
        tags: ['boards'],
        summary: 'The boards that are searched, with the links back that their terms ask for',
        response: { 200: boardListSchema, '5xx': problemSchema },
      },
    },
    async () => {
      const availability = await readAvailability(app.supabase());
      return {
        mode: settings.BOARDS_MODE,
        items: boards.map(({ name, label, kind, attribution, minSyncIntervalSeconds, careers }) => ({
          name,
          label,
          kind,
          availability: availability.get(name) ?? 'off',
          attribution,
          minSyncIntervalSeconds,
          companyAddress: careers?.address('company') ?? null,
        })),
      };
    },
  );
};
