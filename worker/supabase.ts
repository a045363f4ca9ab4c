import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import ws from 'ws';
import { fetchWithKey } from '../domain/supabase-key.js';
import type { WorkerSettings } from './config.js';

/** The worker's Supabase client: it holds the service key and is the only process that does. */
export function createServiceClient(
  settings: Pick<WorkerSettings, 'SUPABASE_URL' | 'SUPABASE_SERVICE_ROLE_KEY' | 'SUPABASE_TIMEOUT_MS'>,
): SupabaseClient {
  return createClient(settings.SUPABASE_URL, settings.SUPABASE_SERVICE_ROLE_KEY, {
    auth: { persistSession: false, autoRefreshToken: false },
    db: { timeout: settings.SUPABASE_TIMEOUT_MS },
    global: { fetch: fetchWithKey(settings.SUPABASE_SERVICE_ROLE_KEY, fetch) },
    // Node 20 has no WebSocket of its own, and the client asks for one when it is made.
    realtime: { transport: ws as never },
  });
}
