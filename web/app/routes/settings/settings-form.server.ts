import type { paths } from '../../api/schema.gen.js';
import type { Problem } from '../../api/types.js';

type WriteSettings = paths['/me/settings']['put']['requestBody']['content']['application/json'];
export type SettingsField = 'timeZone' | 'from' | 'to' | 'digestAt';

/** What stands in the form, as it was entered. */
export interface EnteredSettings {
  timeZone: string;
  from: string;
  to: string;
  digest: WriteSettings['digest'];
  digestAt: string;
}
export interface SettingsProblem {
  entered: EnteredSettings;
  fields: Partial<Record<SettingsField, string>>;
  form?: string;
}

const digests = ['each_tick', 'daily', 'off'] as const;

/** Reads the posted form. */
export function readSettingsForm(
  form: FormData,
): { ok: true; settings: WriteSettings; entered: EnteredSettings } | { ok: false; problem: SettingsProblem } {
  const one = (name: string) => String(form.get(name) ?? '').trim();
  const entered: EnteredSettings = {
    timeZone: one('timeZone'),
    from: one('from'),
    to: one('to'),
    digest: digests.find((digest) => digest === form.get('digest')) ?? 'each_tick',
    digestAt: one('digestAt'),
  };
  const { timeZone, from, to, digest } = entered;
  const fields: SettingsProblem['fields'] = {};
  if ((from === '') !== (to === '')) {
    fields[from === '' ? 'from' : 'to'] = 'Give both times, or leave both empty for no quiet hours.';
  }
  if (digest === 'daily' && entered.digestAt === '') fields.digestAt = 'Choose the time of the daily mail.';
  if (Object.keys(fields).length > 0) return { ok: false, problem: { entered, fields } };
  return {
    ok: true,
    entered,
    settings: {
      timeZone,
      quietHours: from === '' ? null : { from, to },
      digest,
      digestAt: entered.digestAt || '08:00',
    },
  };
}

const pointers: Record<string, { field: SettingsField; subject: string }> = {
  '/timeZone': { field: 'timeZone', subject: 'This' },
  '/quietHours/from': { field: 'from', subject: 'The beginning' },
  '/quietHours/to': { field: 'to', subject: 'The end' },
  '/digestAt': { field: 'digestAt', subject: 'This time' },
};

/** What the API found wrong, as a sentence at the field that it speaks of. */
export function apiSettingsProblem(
  entered: EnteredSettings,
  problem: Problem,
  sentence: string,
): SettingsProblem {
  const fields: SettingsProblem['fields'] = {};
  for (const { pointer, detail } of problem.errors ?? []) {
    const named = pointers[pointer];
    if (named) fields[named.field] = `${named.subject} ${detail}.`;
  }
  return Object.keys(fields).length > 0 ? { entered, fields } : { entered, fields, form: sentence };
}
