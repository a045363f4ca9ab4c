import { createHmac } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import ipaddr from 'ipaddr.js';
import {
  createRemoteJWKSet,
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import { z } from 'zod';
import type { ApiSettings } from '../config.js';
import { Problem } from '../problem.js';

/** Who makes a request, as their token says. */
export interface Person {
  id: string;
  email: string;
  /** Whether Supabase has marked the account as an admin's: `app_metadata.role`. */
  isAdmin: boolean;
  /** What they signed in to, kept when the token is renewed: Supabase's `session_id`. */
  session: string | undefined;
  /** Of the address that the request came from; `undefined` where none is kept. */
  addressHash: string | undefined;
  /** Handed on to Supabase, whose row level security is the authorization. */
  token: string;
  /** When the token ends, in milliseconds since 1970. */
  expiresAt: number;
}

const adminMetadata = z.object({ role: z.literal('admin') });

/** Whether an account's `app_metadata`, which nobody but the service writes, marks an admin. */
export const isAdmin = (metadata: unknown): boolean => adminMetadata.safeParse(metadata).success;

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * Who makes the request.
     * @throws Problem `unauthorized`, or `service-unavailable` when Supabase's keys cannot be read.
     */
    identify(request: FastifyRequest): Promise<Person>;
    /**
     * As a hook before parsing, so that refused requests have been counted by the rate limit: sets
     * `request.person`, or refuses.
     */
    authenticate(request: FastifyRequest): Promise<void>;
    /**
     * The same for what admins alone may know of.
     * @throws Problem `not-found` for everybody else, whether they are signed in or not.
     */
    authenticateAdmin(request: FastifyRequest): Promise<void>;
  }
  interface FastifyRequest {
    /** Set by `authenticate`; reading it without throws. */
    person: Person;
  }
}

/**
 * Verifies Supabase's tokens: by its JWKS where it signs asymmetrically, else by the shared secret. The algorithms
 * of each are pinned, so that no token chooses how it is checked.
 */
export default fp<{ settings: ApiSettings }>(async (app, { settings }) => {
  const jwks = createRemoteJWKSet(new URL('/auth/v1/.well-known/jwks.json', settings.SUPABASE_URL), {
    headers: { apikey: settings.SUPABASE_ANON_KEY },
    // A token with a key that is not in the set has it read again, but no oftener: whoever makes up names asks nothing.
    cooldownDuration: settings.SUPABASE_JWKS_COOLDOWN_SECONDS * 1000,
  });
  const secret = settings.SUPABASE_JWT_SECRET
    ? new TextEncoder().encode(settings.SUPABASE_JWT_SECRET)
    : undefined;

  /** The same address has the same, and without the key nobody can try out which one it is. */
  function addressHashOf(address: string): string | undefined {
    if (settings.ADDRESS_HASH_SECRET === undefined) return undefined;
    // An IPv4 address may come as an IPv6 one, by the socket that it came in on.
    const spelled = ipaddr.isValid(address) ? ipaddr.process(address).toString() : address;
    return createHmac('sha256', settings.ADDRESS_HASH_SECRET).update(spelled).digest('hex');
  }

  const publicKey: JWTVerifyGetKey = async (header, token) => {
    try {
      return await jwks(header, token);
    } catch (error) {
      const noneFits =
        error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys;
      if (noneFits) throw error;
      // The keys cannot be read: nobody is told that their token has ended.
      throw new Problem('service-unavailable', undefined, { retryAfterSeconds: 5, cause: error });
    }
  };

  async function verify(token: string): Promise<JWTPayload> {
    const audience = 'authenticated';
    if (decodeProtectedHeader(token).alg === 'HS256') {
      if (!secret) throw new errors.JWSInvalid('tokens with a shared secret are not accepted');
      return (await jwtVerify(token, secret, { algorithms: ['HS256'], audience })).payload;
    }
    return (await jwtVerify(token, publicKey, { algorithms: ['ES256', 'RS256', 'EdDSA'], audience })).payload;
  }

  app.decorateRequest('person', {
    getter(): Person {
      throw new Error('this route does not authenticate');
    },
  });

  async function personOf(request: FastifyRequest): Promise<Person> {
    const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (!token) throw new Problem('unauthorized', 'Send the access token as a bearer token.');
    let payload: JWTPayload;
    try {
      payload = await verify(token);
    } catch (error) {
      if (error instanceof Problem) throw error;
      throw new Problem('unauthorized', 'The access token is not valid any more.', { cause: error });
    }
    const { sub, exp, email, session_id: session } = payload;
    if (!sub || !exp) throw new Problem('unauthorized', 'The access token names nobody.');
    return {
      id: sub,
      email: typeof email === 'string' ? email : '',
      isAdmin: isAdmin(payload.app_metadata),
      session: typeof session === 'string' ? session : undefined,
      addressHash: addressHashOf(request.ip),
      token,
      expiresAt: exp * 1000,
    };
  }

  // Asked for by the rate limit and by the route: verified once.
  const identified = new WeakMap<FastifyRequest, Promise<Person>>();
  app.decorate('identify', (request: FastifyRequest) => {
    const person = identified.get(request) ?? personOf(request);
    identified.set(request, person);
    return person;
  });
  app.decorate('authenticateAdmin', async (request: FastifyRequest) => {
    const person = await app.identify(request).catch((error) => {
      if (error instanceof Problem && error.problem === 'unauthorized') return null;
      throw error;
    });
    if (!person?.isAdmin) throw new Problem('not-found');
    Object.defineProperty(request, 'person', { value: person });
  });
  app.decorate('authenticate', async (request: FastifyRequest) => {
    Object.defineProperty(request, 'person', { value: await app.identify(request) });
  });
});
