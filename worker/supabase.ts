import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import ws from 'ws';

/** The worker's Supabase client: it holds the service key and is the only process that does. */
export function createServiceClient(url: string, serviceRoleKey: string): SupabaseClient {
  return createClient(url, serviceRoleKey, {
    auth: { persistSession: false, autoRefreshToken: false },
    // Node 20 has no WebSocket of its own, and the client asks for one when it is made.
    realtime: { transport: ws as never },
  });
}
