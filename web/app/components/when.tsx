import { absoluteDay, absoluteTime, ago, agoByDay } from '../format/time.js';
import { useTimeZone } from '../live/use-server-clock.js';

interface WhenProps {
  at: string;
  now: number;
}

/** A moment relative to `now` (the server's time, ms), with the moment itself on hover. */
export function When({ precision = 'second', ...when }: WhenProps & { precision?: 'second' | 'day' | null }) {
  return precision === 'day' ? <Day {...when} /> : <Moment {...when} />;
}

function Day({ at, now }: WhenProps) {
  const moment = Date.parse(at);
  return (
    <time dateTime={at} title={absoluteDay(moment)}>
      {agoByDay(moment, now)}
    </time>
  );
}

function Moment({ at, now }: WhenProps) {
  const timeZone = useTimeZone();
  const moment = Date.parse(at);
  return (
    <time dateTime={at} title={absoluteTime(moment, timeZone)}>
      {ago(moment, now)}
    </time>
  );
}
