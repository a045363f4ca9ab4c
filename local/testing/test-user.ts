import { randomUUID } from 'node:crypto';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import ws from 'ws';

export interface TestUser {
  id: string;
  email: string;
  password: string;
  accessToken: string;
  /** Signed in as this person. */
  client: SupabaseClient;
}

/** A supabase-js client that keeps nothing and starts no timers. */
export function testClient(supabaseUrl: string, key: string): SupabaseClient {
  return createClient(supabaseUrl, key, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    // Node 20 has no WebSocket of its own.
    realtime: { transport: ws as never },
  });
}

/** Signs a new person up. */
export async function createTestUser(
  supabaseUrl: string,
  anonKey: string,
  email = `person-${randomUUID()}@example.com`,
): Promise<TestUser> {
  const client = testClient(supabaseUrl, anonKey);
  const password = `pw-${randomUUID()}`;
  const { data, error } = await client.auth.signUp({ email, password });
  if (error) throw error;
  if (!data.user || !data.session) throw new Error('signing up gave no session');
  return { id: data.user.id, email, password, accessToken: data.session.access_token, client };
}
