import { decodeJwt, SignJWT } from 'jose';
import { z } from 'zod';

const sessionSchema = z.looseObject({
  access_token: z.string(),
  user: z.looseObject({ app_metadata: z.record(z.string(), z.unknown()) }),
});

/**
 * Supabase Auth's tokens carry the `app_metadata` of the account, by which row level security knows admins; Supabase
 * Lite's do not. Adds it to the token of every session that Lite opens or renews.
 */
export function withAppMetadata(
  lite: (request: Request) => Promise<Response>,
  jwtSecret: string,
): (request: Request) => Promise<Response> {
  const secret = new TextEncoder().encode(jwtSecret);
  return async (request) => {
    const response = await lite(request);
    if (!/\/auth\/v1\/(token|signup)$/.test(new URL(request.url).pathname)) return response;
    const body: unknown = await response
      .clone()
      .json()
      .catch(() => null);
    const session = sessionSchema.safeParse(body);
    if (!session.success) return response;
    const { access_token: token, user } = session.data;
    const signed = await new SignJWT({ ...decodeJwt(token), app_metadata: user.app_metadata })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .sign(secret);
    const headers = new Headers(response.headers);
    headers.delete('content-length');
    return new Response(JSON.stringify({ ...session.data, access_token: signed }), {
      status: response.status,
      headers,
    });
  };
}
