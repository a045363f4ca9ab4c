import { absoluteDay, absoluteTime, ago, agoByDay } from '../format/time.js';
import { useTimeZone } from '../live/use-server-clock.js';

/** A moment relative to `now` (the server's time, ms), with the moment itself on hover. */
export function When({
  at,
  now,
  precision = 'second',
}: {
  at: string;
  now: number;
  precision?: 'second' | 'day' | null;
}) {
  const timeZone = useTimeZone();
  const moment = Date.parse(at);
  const byDay = precision === 'day';
  return (
    <time dateTime={at} title={byDay ? absoluteDay(moment) : absoluteTime(moment, timeZone)}>
      {byDay ? agoByDay(moment, now) : ago(moment, now)}
    </time>
  );
}
