import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { serviceSchedules } from '../../domain/schedule.js';
import { nextTimes } from '../../domain/schedule-times.js';
import { serviceScheduleListSchema } from '../schedule-schemas.js';
import { problemSchema } from '../schemas.js';

/** The service's own schedules. */
export const serviceScheduleRoutes: FastifyPluginAsyncZod = async (app) => {
  app.addHook('preParsing', app.authenticate);
  app.get(
    '/schedules',
    {
      schema: {
        tags: ['schedules'],
        security: [{ bearer: [] }],
        summary: "The service's own times, which saved searches follow unless they have others",
        response: { 200: serviceScheduleListSchema, '4xx': problemSchema },
      },
    },
    async () => {
      const now = new Date();
      const items = serviceSchedules.map((schedule) => ({
        id: schedule.id,
        times: [...schedule.times],
        days: [...schedule.days],
        timeZone: schedule.timeZone,
        nextRunAt: nextTimes(schedule, now, 1)[0]?.toISOString() ?? null,
      }));
      return { items };
    },
  );
};
