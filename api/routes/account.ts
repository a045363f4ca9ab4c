import type { AuthError } from '@supabase/supabase-js';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ApiSettings } from '../config.js';
import { isAdmin } from '../plugins/authentication.js';
import { Problem } from '../problem.js';
import { credentialsSchema, problemSchema, sessionSchema, signUpSchema } from '../schemas.js';

/** Signing up, in and out, by Supabase Auth: the site speaks to the API only. */
export const accountRoutes: FastifyPluginAsyncZod<{ settings: ApiSettings }> = async (app, { settings }) => {
  const tags = ['account'];
  const signInLimit = {
    rateLimit: {
      max: settings.SIGN_INS_PER_MINUTE,
      timeWindow: '1 minute',
      keyGenerator: (request: FastifyRequest) => request.ip,
    },
  };

  /**
   * Asks Supabase Auth itself where its client would try again for half a minute, or wants a session of its own.
   * @throws Problem `service-unavailable` or `rate-limited`; other refusals are the caller's to read.
   */
  async function authServer(path: string, init: { headers: Record<string, string>; body?: string }) {
    let response: Response;
    try {
      response = await fetch(new URL(path, settings.SUPABASE_URL), {
        method: 'POST',
        ...init,
        headers: { apikey: settings.SUPABASE_ANON_KEY, ...init.headers },
        signal: AbortSignal.timeout(settings.SUPABASE_TIMEOUT_MS),
      });
    } catch (cause) {
      throw notNow(cause);
    }
    if (response.status === 429) throw new Problem('rate-limited', undefined, { retryAfterSeconds: 60 });
    if (response.status >= 500) throw notNow(new Error(`Supabase Auth answered ${response.status}`));
    return response;
  }

  app.post(
    '/auth/sign-up',
    {
      config: signInLimit,
      schema: {
        tags,
        summary: 'Make an account',
        description:
          'The answer is the same when the address has an account already. Sign in next; where the deployment asks ' +
          'people to confirm their address, that works after the link in the mail was followed.',
        body: signUpSchema,
        response: { 202: z.object({}), '4xx': problemSchema },
      },
    },
    async (request, reply) => {
      const { timeZone, ...credentials } = request.body;
      // The profile is made with the account, by the database: `users_after_insert`.
      const options = timeZone === undefined ? {} : { data: { time_zone: timeZone } };
      const { error } = await app.guardSignIn(request, () =>
        app.supabase().auth.signUp({ ...credentials, options }),
      );
      // Whose address it is already is not told, here as little as by an auth server that asks for a confirmation.
      if (error && error.code !== 'user_already_exists' && error.code !== 'email_exists')
        throw toProblem(error);
      return reply.code(202).send({});
    },
  );

  app.post(
    '/auth/sign-in',
    {
      config: signInLimit,
      schema: {
        tags,
        summary: 'Sign in',
        body: credentialsSchema,
        response: { 200: sessionSchema, '4xx': problemSchema },
      },
    },
    async (request) => {
      const { data, error } = await app.guardSignIn(request, () =>
        app.supabase().auth.signInWithPassword(request.body),
      );
      if (error) throw toProblem(error);
      return toSession(data.session);
    },
  );

  app.post(
    '/auth/refresh',
    {
      schema: {
        tags,
        summary: 'A new access token for a refresh token, which is used up',
        body: z.object({ refreshToken: z.string().min(1).max(1_000) }),
        response: { 200: sessionSchema, '4xx': problemSchema },
      },
    },
    async (request) => {
      const response = await authServer('/auth/v1/token?grant_type=refresh_token', {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ refresh_token: request.body.refreshToken }),
      });
      if (!response.ok) throw new Problem('unauthorized', 'Sign in again.');
      return toSession(refreshedSchema.parse(await response.json()));
    },
  );

  app.post(
    '/auth/sign-out',
    {
      preParsing: app.authenticate,
      schema: {
        tags,
        summary: 'Sign out: the refresh token ends',
        description:
          'The live streams of this sign-in end, on all its pages. The access token itself is good until it expires.',
        security: [{ bearer: [] }],
        response: { 204: z.null(), '4xx': problemSchema },
      },
    },
    async (request, reply) => {
      try {
        await authServer('/auth/v1/logout?scope=local', {
          headers: { authorization: `Bearer ${request.person.token}` },
        });
      } finally {
        // Also when Supabase cannot be reached: what was to be left open is shut.
        await app.runChanges.endSession(request.person);
      }
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/me',
    {
      preParsing: app.authenticate,
      schema: {
        tags,
        summary: 'Who is signed in',
        security: [{ bearer: [] }],
        response: { 200: z.object({ id: z.uuid(), email: z.string() }), '4xx': problemSchema },
      },
    },
    async ({ person }) => ({ id: person.id, email: person.email }),
  );
};

const refreshedSchema = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.number(),
  user: z.object({ id: z.string(), email: z.string().optional(), app_metadata: z.unknown() }),
});

const notNow = (cause: unknown) =>
  new Problem('service-unavailable', 'Signing in does not work right now.', { retryAfterSeconds: 5, cause });

function toSession(session: z.infer<typeof refreshedSchema>): z.infer<typeof sessionSchema> {
  return {
    accessToken: session.access_token,
    refreshToken: session.refresh_token,
    expiresAt: new Date(Date.now() + session.expires_in * 1000).toISOString(),
    user: {
      id: session.user.id,
      email: session.user.email ?? '',
      isAdmin: isAdmin(session.user.app_metadata),
    },
  };
}

function toProblem(error: AuthError): Problem {
  const { code, status, message } = error;
  if (code === 'invalid_credentials' || status === 401) return new Problem('wrong-credentials');
  if (code === 'weak_password' || code === 'validation_failed' || status === 422) {
    return new Problem('invalid-request', message);
  }
  if (status === 429) return new Problem('rate-limited', undefined, { retryAfterSeconds: 60 });
  if (status === 400) return new Problem('wrong-credentials');
  return notNow(error);
}
