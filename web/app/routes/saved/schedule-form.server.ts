import type { paths } from '../../api/schema.gen.js';
import type { Problem } from '../../api/types.js';

type Change = paths['/saved-searches/{id}']['patch']['requestBody']['content']['application/json'];
export type WriteSchedule = NonNullable<Change['schedule']>;
export type ScheduleField = 'times' | 'days' | 'timeZone';

/** What stands in the form, as it was entered. */
export interface EnteredSchedule {
  kind: WriteSchedule['kind'];
  times: string;
  days: number[];
  timeZone: string | null;
}
export interface ScheduleProblem {
  entered: EnteredSchedule;
  fields: Partial<Record<ScheduleField, string>>;
  form?: string;
}

const kinds = ['service', 'own', 'none'] as const;

/** Reads the posted form; times may be written `8`, `8:30` or `08.30`. */
export function readScheduleForm(
  form: FormData,
): { ok: true; schedule: WriteSchedule; entered: EnteredSchedule } | { ok: false; problem: ScheduleProblem } {
  const entered: EnteredSchedule = {
    kind: kinds.find((kind) => kind === form.get('kind')) ?? 'service',
    times: String(form.get('times') ?? ''),
    days: form.getAll('days').map(Number),
    timeZone: String(form.get('timeZone') ?? ''),
  };
  if (entered.kind !== 'own') return { ok: true, schedule: { kind: entered.kind }, entered };

  const fields: ScheduleProblem['fields'] = {};
  const written = entered.times.split(/[\s,;]+/).filter(Boolean);
  const times = written.map(toTime);
  const unread = written.find((_, index) => times[index] === null);
  if (written.length === 0) fields.times = 'Enter at least one time, such as 08:00.';
  else if (unread !== undefined) {
    fields.times = `“${unread}” is not a time. Write times of the day such as 08:00 or 17:30, with commas between them.`;
  }
  if (entered.days.length === 0) fields.days = 'Choose at least one day.';
  if (fields.times || fields.days) return { ok: false, problem: { entered, fields } };
  return {
    ok: true,
    entered,
    schedule: {
      kind: 'own',
      times: times.filter((time) => time !== null),
      days: entered.days as WriteSchedule['days'],
      timeZone: entered.timeZone ?? '',
    },
  };
}

function toTime(written: string): string | null {
  const [, hours = '', minutes = '00'] = /^(\d{1,2})(?:[:.](\d{2}))?$/.exec(written) ?? [];
  return hours !== '' && Number(hours) < 24 && Number(minutes) < 60
    ? `${hours.padStart(2, '0')}:${minutes}`
    : null;
}

/** What the API found wrong, as a sentence at the field that it speaks of. */
export function apiScheduleProblem(
  entered: EnteredSchedule,
  schedule: WriteSchedule,
  problem: Problem,
  sentence: string,
): ScheduleProblem {
  const fields: ScheduleProblem['fields'] = {};
  for (const { pointer, detail } of problem.errors ?? []) {
    const [, field, index] = /^\/schedule\/(times|days|timeZone)(?:\/(\d+))?$/.exec(pointer) ?? [];
    if (!field) continue;
    const subject = index === undefined ? subjects[field as ScheduleField] : schedule.times?.[Number(index)];
    const words = detail.startsWith(`${subject} `) ? detail : `${subject} ${detail}`;
    const before = fields[field as ScheduleField];
    fields[field as ScheduleField] = `${before ? `${before} ` : ''}${words}.`;
  }
  return Object.keys(fields).length > 0 ? { entered, fields } : { entered, fields, form: sentence };
}

const subjects: Record<ScheduleField, string> = {
  times: 'A search',
  days: 'A search',
  timeZone: 'This',
};
