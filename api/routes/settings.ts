import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { isWithin } from '../../domain/schedule.js';
import { Problem } from '../problem.js';
import { checkTimeZone, hoursInWords } from '../schedule-rows.js';
import { settingsSchema, writeSettingsSchema } from '../schedule-schemas.js';
import { problemSchema } from '../schemas.js';
import { quietHoursOf, readSettings, readSilencedSearches, writeSettings } from '../settings-rows.js';

/** What a person wants of schedules and of mail. */
export const settingsRoutes: FastifyPluginAsyncZod = async (app) => {
  app.addHook('preParsing', app.authenticate);
  const shared = { tags: ['settings'], security: [{ bearer: [] }] };

  app.get(
    '/me/settings',
    {
      schema: {
        ...shared,
        summary: 'Time zone, quiet hours and digest',
        response: { 200: settingsSchema, '4xx': problemSchema },
      },
    },
    async (request) => {
      const supabase = app.supabase(request.person);
      const settings = await readSettings(supabase);
      const silencedSearches = await readSilencedSearches(supabase, quietHoursOf(settings));
      return { ...settings, silencedSearches };
    },
  );

  app.put(
    '/me/settings',
    {
      schema: {
        ...shared,
        summary: 'Change time zone, quiet hours and digest',
        description:
          'Quiet hours may silence searches whose own times all lie in them. They are saved nevertheless, and the ' +
          'answer names those searches.',
        body: writeSettingsSchema,
        response: { 200: settingsSchema, '4xx': problemSchema },
      },
    },
    async (request) => {
      const supabase = app.supabase(request.person);
      const { timeZone, digest, digestAt } = request.body;
      await checkTimeZone(timeZone, '/timeZone', supabase);
      const quiet = quietHoursOf(request.body);
      if (digest === 'daily' && quiet && isWithin(quiet, digestAt)) {
        const detail = `is in your quiet hours (${hoursInWords(quiet)})`;
        throw new Problem('invalid-request', `/digestAt: ${detail}`, {
          errors: [{ pointer: '/digestAt', detail }],
        });
      }
      const settings = await writeSettings(supabase, request.person.id, request.body);
      return { ...settings, silencedSearches: await readSilencedSearches(supabase, quiet) };
    },
  );
};
