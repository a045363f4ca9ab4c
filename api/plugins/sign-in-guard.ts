import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { ApiSettings } from '../config.js';
import { Problem } from '../problem.js';

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * Tries a password, or makes an account, within the limit of its address, whether or not there is such an account.
     * However it ends, it takes `SIGN_IN_LEAST_MS` at least, so that its time tells nothing either.
     * @throws Problem `rate-limited`
     */
    guardSignIn<Result>(request: FastifyRequest, attempt: () => Promise<Result>): Promise<Result>;
  }
}

/** The account that a request is about: the one that it names, or its person's. */
function accountOf(request: FastifyRequest): string {
  const { email } = request.body as { email?: string };
  return (email ?? request.person.email).toLowerCase();
}

/** What keeps passwords from being guessed, and nobody's account from being found out. */
export default fp<{ settings: ApiSettings }>(async (app, { settings }) => {
  const count = app.createRateLimit({
    max: settings.SIGN_INS_PER_ACCOUNT,
    timeWindow: settings.SIGN_IN_WINDOW_SECONDS * 1000,
    keyGenerator: accountOf,
  });

  app.decorate('guardSignIn', async (request, attempt) => {
    const longEnough = delay(settings.SIGN_IN_LEAST_MS);
    try {
      const counted = await count(request);
      if (!counted.isAllowed && counted.isExceeded) {
        throw new Problem('rate-limited', 'Too many attempts with this address.', {
          retryAfterSeconds: counted.ttlInSeconds,
        });
      }
      return await attempt();
    } finally {
      await longEnough;
    }
  });
});
