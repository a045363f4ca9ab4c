import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ApiSettings } from '../config.js';
import { expectDone } from '../plugins/supabase.js';
import { problemSchema } from '../schemas.js';

/** In the body, since addresses are written down in logs. */
const linkSchema = z.object({ token: z.string().regex(/^[0-9a-f]{64}$/, { error: 'is no link of a mail' }) });

/** The links in mails: whoever has one may end that person's mail and take it back, signed in or not. */
export const unsubscribeRoutes: FastifyPluginAsyncZod<{ settings: ApiSettings }> = async (
  app,
  { settings },
) => {
  const tags = ['mail'];
  const byLink = {
    config: {
      rateLimit: {
        max: settings.UNSUBSCRIBES_PER_MINUTE,
        timeWindow: '1 minute',
        keyGenerator: (request: FastifyRequest) => request.ip,
      },
    },
    schema: { tags, body: linkSchema, response: { 204: z.null(), '4xx': problemSchema } },
  };

  app.post(
    '/unsubscribe',
    { ...byLink, schema: { ...byLink.schema, summary: 'End the mail that a link stands in' } },
    async ({ body }, reply) => {
      expectDone(await app.supabase().rpc('unsubscribe', { p_token: body.token }));
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/unsubscribe/undo',
    { ...byLink, schema: { ...byLink.schema, summary: 'Take it back: mail comes as it came before' } },
    async ({ body }, reply) => {
      expectDone(await app.supabase().rpc('subscribe_again', { p_token: body.token }));
      return reply.code(204).send(null);
    },
  );

  app.delete(
    '/me/unsubscribe-link',
    {
      preParsing: app.authenticate,
      schema: {
        tags,
        summary: "Make the unsubscribe links of the person's mails useless",
        description: 'For when a mail is in wrong hands. The next mail has new links.',
        security: [{ bearer: [] }],
        response: { 204: z.null(), '4xx': problemSchema },
      },
    },
    async (request, reply) => {
      expectDone(await app.supabase(request.person).rpc('renew_unsubscribe_link'));
      return reply.code(204).send(null);
    },
  );
};
