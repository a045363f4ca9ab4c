import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import ws from 'ws';
import { type CompanyBoard, defaultCompanies } from '../../activities/boards/companies.js';
import { sampleCompanies } from '../boards/index.js';

export const demoAccount = { email: 'demo@example.com', password: 'searching-the-fox' };

const clientOf = (url: string, key: string): SupabaseClient =>
  createClient(url, key, {
    auth: { persistSession: false, autoRefreshToken: false },
    // Node 20 has no WebSocket of its own.
    realtime: { transport: ws as never },
  });

/** An account that sees the admin pages. */
export const adminAccount = { email: 'admin@example.com', password: 'searching-the-fox' };

/** Makes the accounts to look around with; on a later start they are there already. */
export async function seedAccounts(
  supabaseUrl: string,
  keys: { anonKey: string; serviceRoleKey: string },
): Promise<void> {
  for (const account of [demoAccount, adminAccount]) {
    const { error } = await clientOf(supabaseUrl, keys.anonKey).auth.signUp(account);
    if (error && error.code !== 'user_already_exists') throw error;
  }
  const asked = { p_email: adminAccount.email, p_admin: true };
  const { error } = await clientOf(supabaseUrl, keys.serviceRoleKey).rpc('set_admin', asked);
  if (error) throw new Error(`the admin account was not marked: ${error.message}`);
}

/** Enters the companies whose own boards are searched: the sample boards' or, live, the ones followed from the start. */
export async function seedCompanies(
  supabaseUrl: string,
  serviceRoleKey: string,
  live: boolean,
): Promise<void> {
  const { error } = await clientOf(supabaseUrl, serviceRoleKey)
    .from('company_boards')
    .upsert(
      // Somebody may have followed one of them before.
      (live ? defaultCompanies : ownCompanies(sampleCompanies())).map((company) => ({
        ...company,
        is_default: true,
      })),
      { onConflict: 'board,token' },
    );
  if (error) throw new Error(`the companies were not entered: ${error.message}`);
}

/** The last company of each board is left for whoever tries to follow one. */
const ownCompanies = (companies: CompanyBoard[]): CompanyBoard[] =>
  companies.filter(({ board }, index) => companies.slice(index + 1).some((later) => later.board === board));
