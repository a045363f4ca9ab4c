import type { SupabaseClient } from '@supabase/supabase-js';
import type { WorkerSettings } from './config.js';

/** Hands the limits that the database holds everybody to, whichever way a row comes in, to the database. */
export async function applyLimits(supabase: SupabaseClient, settings: WorkerSettings): Promise<void> {
  const { error } = await supabase.from('service_limits').upsert([
    { name: 'manual_runs_per_hour', value: settings.MANUAL_RUNS_PER_HOUR },
    { name: 'active_runs_per_user', value: settings.ACTIVE_RUNS_PER_USER },
    { name: 'companies_per_user', value: settings.COMPANIES_PER_USER },
    { name: 'company_checks_per_hour', value: settings.COMPANY_CHECKS_PER_HOUR },
    { name: 'marked_jobs_per_user', value: settings.MARKED_JOBS_PER_USER },
    { name: 'hidden_companies_per_user', value: settings.HIDDEN_COMPANIES_PER_USER },
    { name: 'hidden_words_per_user', value: settings.HIDDEN_WORDS_PER_USER },
    { name: 'hidden_postings_ranked', value: settings.HIDDEN_POSTINGS_RANKED },
    { name: 'doubted_missing_percent', value: settings.DOUBTED_MISSING_PERCENT },
    { name: 'doubted_missing_least', value: settings.DOUBTED_MISSING_LEAST },
    { name: 'results_per_board', value: settings.RESULTS_PER_BOARD },
    { name: 'postings_ranked', value: settings.POSTINGS_RANKED },
  ]);
  if (error) throw new Error(`The limits could not be written: ${error.message}`);
  await applyMail(supabase, settings.SMTP_URL !== undefined);
}

/** Without mail no digests are planned: none would ever be sent. */
async function applyMail(supabase: SupabaseClient, isSent: boolean): Promise<void> {
  const limits = supabase.from('service_limits');
  const { error } = await (isSent
    ? limits.upsert({ name: 'mail_is_sent', value: 1 })
    : limits.delete().eq('name', 'mail_is_sent'));
  if (error) throw new Error(`Whether mail is sent could not be written: ${error.message}`);
}
