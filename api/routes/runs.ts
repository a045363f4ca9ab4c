import type { SupabaseClient } from '@supabase/supabase-js';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { boards } from '../../activities/boards/registry.js';
import type { BoardName } from '../../domain/board.js';
import { placeOfSearch } from '../../domain/places/index.js';
import { isFinished, runStatusSchema } from '../../domain/run.js';
import { searchParametersSchema } from '../../domain/search.js';
import { expectOneReady, readAvailability, readyBoards } from '../boards.js';
import { dataOf } from '../plugins/supabase.js';
import { Problem } from '../problem.js';
import { readResults } from '../read-results.js';
import { listResultsQuerySchema, resultListSchema } from '../result-schemas.js';
import { runColumns, toRun } from '../rows.js';
import {
  type AskedSearch,
  createdRunSchema,
  createRunSchema,
  problemSchema,
  type Run,
  runSchema,
} from '../schemas.js';

const runParams = z.object({ id: z.uuid() });
const createdSchema = z.object({ joined: z.boolean(), run: z.unknown() });

/** @throws Problem `not-found` for an unknown run and for somebody else's alike. */
export async function readRun(supabase: SupabaseClient, id: string): Promise<Run> {
  return toRun(dataOf(await supabase.from('search_runs').select(runColumns).eq('id', id).maybeSingle()));
}

export const runRoutes: FastifyPluginAsyncZod = async (app) => {
  app.addHook('preParsing', app.authenticate);
  const security = [{ bearer: [] }];

  app.post(
    '/runs',
    {
      schema: {
        tags: ['runs'],
        summary: 'Start a search',
        description:
          'Answers at once; follow the run live or read it again. The same search already active is joined. ' +
          'With `rerunOf` an earlier run is done again, whole or only its failed boards. ' +
          'Boards that cannot be asked here are skipped; when that is all of them, the search is refused. ' +
          'With an Idempotency-Key the same request can be sent again without starting a second run.',
        security,
        headers: z.object({ 'idempotency-key': z.string().min(1).max(200).optional() }),
        body: createRunSchema,
        response: { 202: createdRunSchema, '4xx': problemSchema, '5xx': problemSchema },
      },
    },
    async (request, reply) => {
      const supabase = app.supabase(request.person);
      const [availability, asked] = await Promise.all([
        readAvailability(supabase),
        askedSearch(supabase, request.body),
      ]);
      const { savedSearchId } = asked;
      const { rerunOf = null, clientContext = null } = request.body;
      const parameters = {
        ...asked.parameters,
        boards: asked.parameters.boards ?? readyBoards(availability),
      };
      expectOneReady(parameters.boards, availability);

      // The place is resolved once, so that a run tells later what it searched.
      const resolved = placeOfSearch(parameters.place);

      const created = createdSchema.parse(
        dataOf(
          await supabase.rpc('create_search_run', {
            p_parameters: parameters,
            p_saved_search_id: savedSearchId,
            p_client_context: clientContext,
            p_idempotency_key: request.headers['idempotency-key'] ?? null,
            p_place_in: resolved?.in ?? null,
            p_place_reach: resolved?.reach ?? null,
            p_rerun_of: rerunOf,
          }),
        ),
      );
      const run = toRun(created.run);
      // Also for a joined run: the API may have died between insert and start, and starting is idempotent.
      if (!isFinished(run.status)) {
        await app.runWorkflows.start({
          id: run.id,
          userId: request.person.id,
          source: run.source,
          savedSearchId: run.savedSearchId,
          boards: run.boards.length,
        });
      }
      request.log.info({ runId: run.id, joined: created.joined }, 'run accepted');
      return reply.code(202).header('location', `/runs/${run.id}`).send({ run, joined: created.joined });
    },
  );

  app.get(
    '/runs/:id',
    {
      schema: {
        tags: ['runs'],
        summary: 'A run with its boards',
        security,
        params: runParams,
        response: { 200: runSchema, '4xx': problemSchema },
      },
    },
    async (request) => readRun(app.supabase(request.person), request.params.id),
  );

  app.get(
    '/runs/:id/results',
    {
      schema: {
        tags: ['runs'],
        summary: 'What the run found, best first',
        description:
          'Results appear while the run goes on; they stay when it is cancelled or fails. ' +
          'What the person has hidden since is left out; `hidden` asks for these.',
        security,
        params: runParams,
        querystring: listResultsQuerySchema,
        response: { 200: resultListSchema, '4xx': problemSchema },
      },
    },
    async (request) => readResults(app.supabase(request.person), request.params.id, request.query),
  );

  app.post(
    '/runs/:id/cancel',
    {
      schema: {
        tags: ['runs'],
        summary: 'Cancel a run',
        description:
          'What was found stays. Can be repeated; a finished run answers 409 with its status as `runStatus`.',
        security,
        params: runParams,
        response: { 202: runSchema, '4xx': problemSchema },
      },
    },
    async (request, reply) => {
      const supabase = app.supabase(request.person);
      const { id } = request.params;
      runStatusSchema.parse(dataOf(await supabase.rpc('request_cancel', { p_run: id })));
      const [run] = await Promise.all([readRun(supabase, id), app.runWorkflows.cancel(id)]);
      return reply.code(202).send(run);
    },
  );
};

interface AskedRun {
  parameters: AskedSearch;
  savedSearchId: string | null;
}

/** What a request asks to search: as it says, as the run that it does again did, or as the saved search says. */
async function askedSearch(
  supabase: SupabaseClient,
  body: z.infer<typeof createRunSchema>,
): Promise<AskedRun> {
  const { parameters, savedSearchId = null, rerunOf, onlyFailedBoards = false } = body;
  if (parameters) return { parameters, savedSearchId };
  if (rerunOf) {
    const earlier = await readRun(supabase, rerunOf);
    return {
      parameters: { ...earlier.parameters, boards: boardsToRepeat(earlier, onlyFailedBoards) },
      // Some of its boards are not the saved search.
      savedSearchId: savedSearchId ?? (onlyFailedBoards ? null : earlier.savedSearchId),
    };
  }
  const row = await supabase
    .from('saved_searches')
    .select('parameters')
    .eq('id', savedSearchId)
    .maybeSingle();
  return { parameters: searchParametersSchema.parse(dataOf(row).parameters), savedSearchId };
}

/** @throws Problem `conflict` when there are none. */
function boardsToRepeat(earlier: Run, onlyFailed: boolean): BoardName[] {
  const repeated = earlier.boards.filter(({ state }) => !onlyFailed || state === 'failed');
  // A board of an old run may have gone from the service since.
  const names = repeated
    .map(({ board }) => board)
    .filter((name) => boards.some((known) => known.name === name));
  if (names.length > 0) return names;
  throw new Problem(
    'conflict',
    onlyFailed ? 'No board of this search failed.' : 'None of the boards of this search is there any more.',
    { runStatus: earlier.status },
  );
}
