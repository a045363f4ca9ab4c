import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { sendConditionally } from '../conditional.js';
import type { ApiSettings } from '../config.js';
import { feedContentTypes, feedDocument, feedLinks, feedRowSchema } from '../feed-documents.js';
import { feedFormatSchema, feedSchema } from '../feed-schemas.js';
import { dataOf, expectDone } from '../plugins/supabase.js';
import { timestamp } from '../rows.js';
import { problemSchema } from '../schemas.js';

const feedColumnsSchema = z.object({ token: z.uuid(), created_at: timestamp });

/** The private links of saved searches: what their owner does with them, and what a feed reader is answered. */
export const feedRoutes: FastifyPluginAsyncZod<{ settings: ApiSettings }> = async (app, { settings }) => {
  const savedSearch = z.object({ id: z.uuid() });
  const owned = {
    preParsing: app.authenticate,
    schema: { tags: ['feeds'], security: [{ bearer: [] }], params: savedSearch },
  };
  const toFeed = (row: unknown) => {
    const { token, created_at } = feedColumnsSchema.parse(row);
    return { createdAt: created_at, links: feedLinks(settings.SITE_URL, token) };
  };

  const readFeed = (request: FastifyRequest, id: string) =>
    app.supabase(request.person).from('feeds').select('token,created_at').eq('saved_search_id', id);

  app.get(
    '/saved-searches/:id/feed',
    {
      ...owned,
      schema: {
        ...owned.schema,
        summary: "A saved search's private feed link",
        response: { 200: feedSchema, '4xx': problemSchema },
      },
    },
    async (request) => toFeed(dataOf(await readFeed(request, request.params.id).maybeSingle())),
  );

  app.put(
    '/saved-searches/:id/feed',
    {
      ...owned,
      schema: {
        ...owned.schema,
        summary: 'Make a private feed link',
        description: 'The one that is there stays: to have another, revoke it first.',
        response: { 200: feedSchema, '4xx': problemSchema },
      },
    },
    async (request) => {
      const { id } = request.params;
      const supabase = app.supabase(request.person);
      dataOf(await supabase.from('saved_searches').select('id').eq('id', id).maybeSingle());
      const made = await supabase.from('feeds').insert({ saved_search_id: id });
      // There already, or made by another device at this moment.
      if (made.error?.code !== '23505') expectDone(made);
      return toFeed(dataOf(await readFeed(request, id).single()));
    },
  );

  app.delete(
    '/saved-searches/:id/feed',
    {
      ...owned,
      schema: {
        ...owned.schema,
        summary: 'Revoke the private feed link; it leads nowhere from then on',
        response: { 204: z.null(), '4xx': problemSchema },
      },
    },
    async (request, reply) => {
      const gone = await app
        .supabase(request.person)
        .from('feeds')
        .delete()
        .eq('saved_search_id', request.params.id)
        .select('saved_search_id')
        .maybeSingle();
      dataOf(gone);
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/feeds/:token/:format',
    {
      schema: {
        tags: ['feeds'],
        summary: 'What a saved search found, for feed readers',
        description:
          'Needs no sign-in: the link is the secret. RSS 2.0, Atom 1.0 or JSON Feed 1, newest first. ' +
          'Answers 304 to `If-None-Match` and `If-Modified-Since` while nothing new was found.',
        params: z.object({ token: z.uuid(), format: feedFormatSchema }),
        response: { 200: z.string(), 304: z.null(), '4xx': problemSchema },
      },
      config: {
        rateLimit: {
          max: settings.FEED_REQUESTS_PER_MINUTE,
          timeWindow: '1 minute',
          keyGenerator: (request: FastifyRequest) => request.ip,
        },
      },
    },
    async (request, reply) => {
      const { token, format } = request.params;
      const row = feedRowSchema.parse(
        dataOf(
          await app.supabase().rpc('feed_postings', {
            p_token: token,
            p_runs: settings.FEED_RUNS,
            p_limit: settings.FEED_ITEMS,
          }),
        ),
      );
      return sendConditionally(
        request,
        reply.headers({ 'cache-control': 'private, max-age=300', 'x-robots-tag': 'noindex' }),
        {
          text: feedDocument(row, format, feedLinks(settings.SITE_URL, token)),
          contentType: feedContentTypes[format],
          lastModified: row.updated_at,
        },
      );
    },
  );
};
