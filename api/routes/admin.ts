import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { serviceSchedules } from '../../domain/schedule.js';
import { adminRunsArguments, toAdminRuns, toBoardFigures, toRunFigures } from '../admin-rows.js';
import { toScheduleFigures } from '../admin-schedules.js';
import {
  adminRunListSchema,
  boardFiguresSchema,
  listAdminRunsQuerySchema,
  queueFiguresSchema,
  runFiguresSchema,
  scheduleFiguresSchema,
  windowHours,
  windowQuerySchema,
} from '../admin-schemas.js';
import { readAvailability, readyBoards } from '../boards.js';
import type { ApiSettings } from '../config.js';
import { dataOf } from '../plugins/supabase.js';
import { problemSchema } from '../schemas.js';

/** What operators see of the whole service. For everybody else there is nothing at these addresses. */
export const adminRoutes: FastifyPluginAsyncZod<{ settings: ApiSettings }> = async (app, { settings }) => {
  app.addHook('preParsing', app.authenticateAdmin);
  const shared = { tags: ['admin'], security: [{ bearer: [] }] };
  const description = 'For accounts whose `app_metadata.role` is `admin`; 404 for everybody else.';

  app.get(
    '/admin/runs/figures',
    {
      schema: {
        ...shared,
        summary: 'How runs ended, how long they took, and why they failed',
        description,
        querystring: windowQuerySchema,
        response: { 200: runFiguresSchema, '4xx': problemSchema },
      },
    },
    async ({ person, query }) =>
      toRunFigures(
        dataOf(await app.supabase(person).rpc('admin_run_figures', { p_hours: windowHours[query.window] })),
      ),
  );

  app.get(
    '/admin/boards/figures',
    {
      schema: {
        ...shared,
        summary: 'How each board did in runs, how fresh it is, and how much of its limit was used',
        description,
        querystring: windowQuerySchema,
        response: { 200: boardFiguresSchema, '4xx': problemSchema },
      },
    },
    async ({ person, query }) =>
      toBoardFigures(
        dataOf(await app.supabase(person).rpc('admin_board_figures', { p_hours: windowHours[query.window] })),
      ),
  );

  app.get(
    '/admin/schedules/figures',
    {
      schema: {
        ...shared,
        summary: 'What the schedules should have run, and what they did',
        description,
        querystring: windowQuerySchema,
        response: { 200: scheduleFiguresSchema, '4xx': problemSchema },
      },
    },
    async ({ person, query }) => {
      const asked = {
        p_hours: windowHours[query.window],
        p_schedules: serviceSchedules.map(({ id }) => id),
      };
      const row = dataOf(await app.supabase(person).rpc('admin_schedule_figures', asked));
      return toScheduleFigures(row, new Date());
    },
  );

  app.get(
    '/admin/queues',
    {
      schema: {
        ...shared,
        summary: 'How much waits on each task queue, and which workers there are',
        description: `${description} With Temporal away \`away\` says so, and the lists are empty.`,
        response: { 200: queueFiguresSchema, '4xx': problemSchema },
      },
    },
    async ({ person }) => app.taskQueues.read(readyBoards(await readAvailability(app.supabase(person)))),
  );

  app.get(
    '/admin/runs',
    {
      schema: {
        ...shared,
        summary: 'The runs of everybody, those that go on first, then the last that ended',
        description,
        querystring: listAdminRunsQuerySchema,
        response: { 200: adminRunListSchema, '4xx': problemSchema },
      },
    },
    async ({ person, query }) => {
      const rows = dataOf(await app.supabase(person).rpc('admin_runs', adminRunsArguments(query)));
      return toAdminRuns(rows, query.limit, settings);
    },
  );
};
