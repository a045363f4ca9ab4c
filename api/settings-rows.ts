import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { quietTimes } from '../domain/next-run.js';
import type { QuietHours } from '../domain/schedule.js';
import { dataOf } from './plugins/supabase.js';
import { Problem } from './problem.js';
import { ownTimetable, scheduleColumns, scheduleRowSchema } from './schedule-rows.js';
import { digestChoices, type WriteSettings } from './schedule-schemas.js';

const settingsColumns = 'time_zone,quiet_from,quiet_to,digest,digest_at';
const settingsRowSchema = z.object({
  time_zone: z.string(),
  quiet_from: z.string().nullable(),
  quiet_to: z.string().nullable(),
  digest: z.enum(digestChoices),
  digest_at: z.string(),
});

/** The person's settings. @throws Problem */
export async function readSettings(supabase: SupabaseClient): Promise<WriteSettings> {
  const row = await supabase.from('profiles').select(settingsColumns).maybeSingle();
  // Each account has them from its beginning: a token outlives an account that was deleted.
  if (row.data === null && !row.error) throw new Problem('unauthorized');
  return toSettings(dataOf(row));
}

/** Replaces the person's settings. */
export async function writeSettings(
  supabase: SupabaseClient,
  personId: string,
  { timeZone, quietHours, digest, digestAt }: WriteSettings,
): Promise<WriteSettings> {
  const row = await supabase
    .from('profiles')
    .update({
      time_zone: timeZone,
      quiet_from: quietHours?.from ?? null,
      quiet_to: quietHours?.to ?? null,
      digest,
      digest_at: digestAt,
    })
    .eq('user_id', personId)
    .select(settingsColumns)
    .single();
  return toSettings(dataOf(row));
}

function toSettings(data: unknown): WriteSettings {
  const row = settingsRowSchema.parse(data);
  return {
    timeZone: row.time_zone,
    quietHours: row.quiet_from && row.quiet_to ? { from: row.quiet_from, to: row.quiet_to } : null,
    digest: row.digest,
    digestAt: row.digest_at,
  };
}

/** A person's quiet hours with the zone that they go by. */
export const quietHoursOf = ({ timeZone, quietHours }: WriteSettings): QuietHours | null =>
  quietHours && { timeZone, ...quietHours };

/** The saved searches whose own times all lie in quiet hours. */
export async function readSilencedSearches(supabase: SupabaseClient, quietHours: QuietHours | null) {
  if (!quietHours) return [];
  const rows = dataOf(
    await supabase
      .from('saved_searches')
      .select(`id,name,${scheduleColumns}`)
      .eq('schedule', 'own')
      .order('name'),
  );
  return rows
    .filter((row) => {
      const own = ownTimetable(scheduleRowSchema.parse(row));
      return own !== null && quietTimes(own, quietHours, new Date()).length === own.times.length;
    })
    .map(({ id, name }) => ({ id, name }));
}
