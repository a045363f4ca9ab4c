import type { SupabaseClient } from '@supabase/supabase-js';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { readAvailability, readyBoards } from '../boards.js';
import { newestFirst, pageOf } from '../keyset.js';
import { dataOf } from '../plugins/supabase.js';
import { savedSearchColumns, toSavedSearch } from '../rows.js';
import {
  type AskedSearch,
  problemSchema,
  savedSearchListSchema,
  savedSearchSchema,
  writeSavedSearchSchema,
} from '../schemas.js';

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
      const listed = app.supabase(request.person).from('saved_searches').select(savedSearchColumns);
      const rows = dataOf(await newestFirst(listed, request.query));
      return pageOf(rows, request.query.limit, toSavedSearch, (row) => [row.created_at, row.id]);
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
      const { name } = request.body;
      const parameters = await withBoards(request.body.parameters, supabase);
      const row = await supabase
        .from('saved_searches')
        .insert({ name, parameters, user_id: request.person.id })
        .select(savedSearchColumns)
        .single();
      const saved = toSavedSearch(dataOf(row));
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
      const row = await app
        .supabase(request.person)
        .from('saved_searches')
        .select(savedSearchColumns)
        .eq('id', request.params.id)
        .maybeSingle();
      return toSavedSearch(dataOf(row));
    },
  );

  app.put(
    '/saved-searches/:id',
    {
      schema: {
        ...shared,
        summary: 'Change a saved search',
        params,
        body: writeSavedSearchSchema,
        response: { 200: savedSearchSchema, '4xx': problemSchema },
      },
    },
    async (request) => {
      const supabase = app.supabase(request.person);
      const { name } = request.body;
      const parameters = await withBoards(request.body.parameters, supabase);
      const row = await supabase
        .from('saved_searches')
        .update({ name, parameters })
        .eq('id', request.params.id)
        .select(savedSearchColumns)
        .maybeSingle();
      return toSavedSearch(dataOf(row));
    },
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

/** The search with the boards that it is over: those named, ready or not, or all that can be asked now. */
async function withBoards(asked: AskedSearch, supabase: SupabaseClient) {
  return { ...asked, boards: asked.boards ?? readyBoards(await readAvailability(supabase)) };
}
