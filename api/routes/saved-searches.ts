import type { SupabaseClient } from '@supabase/supabase-js';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { QuietHours } from '../../domain/schedule.js';
import { readAvailability, readyBoards } from '../boards.js';
import { newestFirst, pageOf } from '../keyset.js';
import { dataOf } from '../plugins/supabase.js';
import { savedSearchColumns, toSavedSearch } from '../rows.js';
import { checkSchedule, toScheduleColumns } from '../schedule-rows.js';
import {
  type AskedSearch,
  type ChangeSavedSearch,
  changeSavedSearchSchema,
  problemSchema,
  type SavedSearch,
  savedSearchListSchema,
  savedSearchSchema,
  writeSavedSearchSchema,
} from '../schemas.js';
import { quietHoursOf, readSettings } from '../settings-rows.js';

const params = z.object({ id: z.uuid() });

export const savedSearchRoutes: FastifyPluginAsyncZod = async (app) => {
  app.addHook('preParsing', app.authenticate);
  const shared = { tags: ['saved searches'], security: [{ bearer: [] }] };

  app.get(
    '/saved-searches',
    {
      schema: {
        ...shared,
        summary: 'The saved searches, newest first',
        querystring: z.object({
          cursor: z.string().max(300).optional(),
          limit: z.coerce.number().int().min(1).max(100).default(50),
        }),
        response: { 200: savedSearchListSchema, '4xx': problemSchema },
      },
    },
    async (request) => {
      const supabase = app.supabase(request.person);
      const listed = supabase.from('saved_searches').select(savedSearchColumns);
      const [rows, quietHours] = await Promise.all([
        newestFirst(listed, request.query).then(dataOf),
        readQuietHours(supabase),
      ]);
      const toItem = (row: unknown) => toSavedSearch(row, quietHours);
      return pageOf(rows, request.query.limit, toItem, (row) => [row.created_at, row.id]);
    },
  );

  app.post(
    '/saved-searches',
    {
      schema: {
        ...shared,
        summary: 'Save a search',
        body: writeSavedSearchSchema,
        response: { 201: savedSearchSchema, '4xx': problemSchema },
      },
    },
    async (request, reply) => {
      const supabase = app.supabase(request.person);
      const quietHours = await readQuietHours(supabase);
      const columns = await toColumns(request.body, quietHours, supabase);
      const row = await supabase
        .from('saved_searches')
        .insert({ ...columns, user_id: request.person.id })
        .select(savedSearchColumns)
        .single();
      const saved = toSavedSearch(dataOf(row), quietHours);
      return reply.code(201).header('location', `/saved-searches/${saved.id}`).send(saved);
    },
  );

  app.get(
    '/saved-searches/:id',
    {
      schema: {
        ...shared,
        summary: 'A saved search',
        params,
        response: { 200: savedSearchSchema, '4xx': problemSchema },
      },
    },
    async (request) => {
      const supabase = app.supabase(request.person);
      const [row, quietHours] = await Promise.all([
        supabase.from('saved_searches').select(savedSearchColumns).eq('id', request.params.id).maybeSingle(),
        readQuietHours(supabase),
      ]);
      return toSavedSearch(dataOf(row), quietHours);
    },
  );

  app.put(
    '/saved-searches/:id',
    {
      schema: {
        ...shared,
        summary: 'Change a saved search; without `schedule` or `paused` it runs by itself as before',
        params,
        body: writeSavedSearchSchema,
        response: { 200: savedSearchSchema, '4xx': problemSchema },
      },
    },
    ({ person, params: { id }, body }) => change(app.supabase(person), id, body),
  );

  app.patch(
    '/saved-searches/:id',
    {
      schema: {
        ...shared,
        summary:
          'Change parts of a saved search: its name, what it looks for, when it runs, or whether it is paused',
        params,
        body: changeSavedSearchSchema,
        response: { 200: savedSearchSchema, '4xx': problemSchema },
      },
    },
    ({ person, params: { id }, body }) => change(app.supabase(person), id, body),
  );

  app.delete(
    '/saved-searches/:id',
    {
      schema: {
        ...shared,
        summary: 'Remove a saved search; its runs stay',
        params,
        response: { 204: z.null(), '4xx': problemSchema },
      },
    },
    async (request, reply) => {
      const row = await app
        .supabase(request.person)
        .from('saved_searches')
        .delete()
        .eq('id', request.params.id)
        .select('id')
        .maybeSingle();
      dataOf(row);
      return reply.code(204).send(null);
    },
  );
};

async function change(supabase: SupabaseClient, id: string, body: ChangeSavedSearch): Promise<SavedSearch> {
  const quietHours = await readQuietHours(supabase);
  const row = await supabase
    .from('saved_searches')
    .update(await toColumns(body, quietHours, supabase))
    .eq('id', id)
    .select(savedSearchColumns)
    .maybeSingle();
  return toSavedSearch(dataOf(row), quietHours);
}

const readQuietHours = async (supabase: SupabaseClient) => quietHoursOf(await readSettings(supabase));

/** The columns that say what was asked. @throws Problem where its times would never come. */
async function toColumns(
  { name, parameters, schedule, paused }: ChangeSavedSearch,
  quietHours: QuietHours | null,
  supabase: SupabaseClient,
) {
  if (schedule) await checkSchedule(schedule, quietHours, supabase);
  return {
    name,
    parameters: parameters && (await withBoards(parameters, supabase)),
    ...(schedule && toScheduleColumns(schedule)),
    ...(paused !== undefined && { paused_at: paused ? new Date().toISOString() : null }),
  };
}

/** The search with the boards that it is over: those named, ready or not, or all that can be asked now. */
async function withBoards(asked: AskedSearch, supabase: SupabaseClient) {
  return { ...asked, boards: asked.boards ?? readyBoards(await readAvailability(supabase)) };
}
