import type { JobMark } from '../api/types.js';
import { zonedFormat } from './zoned-format.js';

export type MarkKind = 'saved' | 'applied' | 'hidden';

const columnOf = { saved: 'savedAt', applied: 'appliedOn', hidden: 'hiddenAt' } as const;

/** What is left of a mark when one kind is taken back, as the service keeps it: the note stays. Null when nothing is. */
export function withoutMark(mark: JobMark | null, kind: MarkKind): JobMark | null {
  if (!mark) return null;
  const left = { ...mark, [columnOf[kind]]: null };
  return left.savedAt || left.appliedOn || left.hiddenAt || left.note ? left : null;
}

const dayFormatIn = zonedFormat({ year: 'numeric', month: '2-digit', day: '2-digit' });

/** The day of a moment (ms) in a zone, as date fields hold it: `2026-11-24`. */
export function isoDay(at: number, timeZone: string): string {
  const parts = dayFormatIn(timeZone).formatToParts(at);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}
