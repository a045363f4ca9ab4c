import type { SupabaseClient } from '@supabase/supabase-js';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { recogniseCompany } from '../../activities/boards/recognise.js';
import { boardByName } from '../../activities/boards/registry.js';
import { boardNameSchema, companyTokenSchema } from '../../domain/board.js';
import {
  type Company,
  companyListSchema,
  companyPostingsSchema,
  companySchema,
  followCompanySchema,
} from '../company-schemas.js';
import { decodeCursor, pageOf } from '../keyset.js';
import { dataOf } from '../plugins/supabase.js';
import { Problem } from '../problem.js';
import { companyPostingPageSchema, toCompanyPosting } from '../result-rows.js';
import { labelOf, toCompany } from '../rows.js';
import { problemSchema } from '../schemas.js';

const params = z.object({ board: boardNameSchema, token: companyTokenSchema });
const pageQuery = z.object({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
const moment = z.iso.datetime({ offset: true });
const followPosition = z.tuple([moment, boardNameSchema, companyTokenSchema]);
const postingPosition = z.tuple([moment, z.uuid()]);

/** The person's companies: one of them, or those that changed lately. */
export async function readCompanies(
  supabase: SupabaseClient,
  which: { p_board?: string; p_token?: string; p_changed_since?: string },
): Promise<Company[]> {
  return z
    .array(z.unknown())
    .parse(dataOf(await supabase.rpc('followed_companies', which)))
    .map(toCompany);
}

/** Companies whose own boards a person follows; each is checked and read once for everybody. */
export const companyRoutes: FastifyPluginAsyncZod = async (app) => {
  app.addHook('preParsing', app.authenticate);
  const shared = { tags: ['companies'], security: [{ bearer: [] }] };

  app.post(
    '/companies/follow',
    {
      schema: {
        ...shared,
        summary: 'Follow a company by the address of its jobs',
        description:
          '201: it is known, and its postings are found by searches. 202: its board is being asked whether it is there; ' +
          'the outcome is told by the event `company` of /events. Can be repeated, also to ask again after a failure.',
        body: followCompanySchema,
        response: { 201: companySchema, 202: companySchema, '4xx': problemSchema },
      },
    },
    async (request, reply) => {
      const recognised = recogniseCompany(request.body.address);
      if ('problem' in recognised) {
        throw new Problem('invalid-request', recognised.problem, {
          errors: [{ pointer: '/address', detail: recognised.problem }],
        });
      }
      const { board, token } = recognised.company;
      const supabase = app.supabase(request.person);
      const company = toCompany(
        dataOf(await supabase.rpc('follow_company', { p_board: board, p_token: token })),
      );
      reply.header('location', `/companies/${board}/${token}/postings`);
      if (company.state !== 'open') {
        // Also when somebody else asked before: starting is idempotent.
        await app.companyWorkflows.check({ board, token });
        return reply.code(202).send(company);
      }
      // It may be known for long, and not have been read while nobody followed it.
      await app.companyWorkflows.sync({ board, token }, boardByName(board).minSyncIntervalSeconds);
      return reply.code(201).send(company);
    },
  );

  app.get(
    '/companies',
    {
      schema: {
        ...shared,
        summary: 'The companies that the person follows, the last followed first',
        querystring: pageQuery,
        response: { 200: companyListSchema, '4xx': problemSchema },
      },
    },
    async (request) => {
      const { cursor, limit } = request.query;
      let query = app
        .supabase(request.person)
        .rpc('followed_companies')
        .order('followed_at', { ascending: false })
        .order('board')
        .order('token')
        .limit(limit + 1);
      const position = decodeCursor(cursor, followPosition);
      if (position) {
        const [at, board, token] = position;
        query = query.or(
          `followed_at.lt.${at},and(followed_at.eq.${at},board.gt.${board}),` +
            `and(followed_at.eq.${at},board.eq.${board},token.gt."${token}")`,
        );
      }
      const rows = z
        .array(z.looseObject({ followed_at: z.string(), board: z.string(), token: z.string() }))
        .parse(dataOf(await query));
      return pageOf(rows, limit, toCompany, (row) => [row.followed_at, row.board, row.token]);
    },
  );

  app.delete(
    '/companies/:board/:token',
    {
      schema: {
        ...shared,
        summary: 'Follow a company no more',
        params,
        response: { 204: z.null(), '4xx': problemSchema },
      },
    },
    async (request, reply) => {
      const removed = await app
        .supabase(request.person)
        .from('company_follows')
        .delete()
        .match(request.params)
        .select('token')
        .maybeSingle();
      dataOf(removed);
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/companies/:board/:token/postings',
    {
      schema: {
        ...shared,
        summary: 'A company’s open postings, newest first, with what the person marked',
        description:
          'What the person has hidden is left out and counted; with `hidden` there is nothing else.',
        params,
        querystring: pageQuery.extend({ hidden: z.stringbool().optional() }),
        response: { 200: companyPostingsSchema, '4xx': problemSchema },
      },
    },
    async (request) => {
      const { board, token } = request.params;
      const { cursor, limit } = request.query;
      const after = decodeCursor(cursor, postingPosition);
      const supabase = app.supabase(request.person);
      const [known, page] = await Promise.all([
        supabase.from('company_boards').select('name').match({ board, token }).maybeSingle(),
        supabase.rpc('company_postings', {
          p_board: board,
          p_token: token,
          p_after_at: after?.[0] ?? null,
          p_after_posting: after?.[1] ?? null,
          p_limit: limit + 1,
          p_hidden: request.query.hidden ?? null,
        }),
      ]);
      const { name } = dataOf(known);
      const { total, hidden, items } = companyPostingPageSchema.parse(dataOf(page));
      return {
        company: { board, label: labelOf(board), token, name },
        total,
        hidden,
        ...pageOf(items, limit, toCompanyPosting, (row) => [row.at, row.posting_id]),
      };
    },
  );
};
