/** A share as people read it: `98.4 %`; without anything to share a dash. */
export const percent = (share: number | null): string =>
  share === null ? '–' : `${(share * 100).toLocaleString('en-GB', { maximumFractionDigits: 1 })} %`;

/** How long something took, to two or three figures: `640 ms`, `4.2 s`, `75 s`, `12 min`. */
export function took(milliseconds: number | null): string {
  if (milliseconds === null) return '–';
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1_000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  return seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

export const number = (value: number): string => value.toLocaleString('en-GB');

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Figures are counted by hours of UTC, and told so: `25 Nov 14:00`, by days `25 Nov`. */
export function stepLabel(from: string, byDay: boolean): string {
  const at = new Date(from);
  const day = `${at.getUTCDate()} ${months[at.getUTCMonth()]}`;
  return byDay ? day : `${day} ${from.slice(11, 16)}`;
}
