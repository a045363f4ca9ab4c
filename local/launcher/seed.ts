import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import ws from 'ws';
import { sampleCompanies } from '../boards/index.js';

export const demoAccount = { email: 'demo@example.com', password: 'searching-the-fox' };

const clientOf = (url: string, key: string): SupabaseClient =>
  createClient(url, key, {
    auth: { persistSession: false, autoRefreshToken: false },
    // Node 20 has no WebSocket of its own.
    realtime: { transport: ws as never },
  });

/** Makes the account to look around with; on a later start it is there already. */
export async function seedDemoAccount(supabaseUrl: string, anonKey: string): Promise<void> {
  const { error } = await clientOf(supabaseUrl, anonKey).auth.signUp(demoAccount);
  if (error && error.code !== 'user_already_exists') throw error;
}

/** Enters the sample boards' companies into the list of companies whose boards are searched. */
export async function seedSampleCompanies(supabaseUrl: string, serviceRoleKey: string): Promise<void> {
  const { error } = await clientOf(supabaseUrl, serviceRoleKey)
    .from('company_boards')
    .upsert(sampleCompanies(), { onConflict: 'board,token' });
  if (error) throw new Error(`the sample companies were not entered: ${error.message}`);
}
