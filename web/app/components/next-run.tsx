import { CalendarClock, CirclePause } from 'lucide-react';
import type { SavedSearch } from '../api/types.js';
import { absoluteTime, upcoming } from '../format/time.js';
import { Badge } from './badge.js';

type Scheduled = Pick<SavedSearch, 'schedule' | 'paused' | 'nextRunAt' | 'nextRunZone'>;

/** When a saved search runs by itself next, or why it does not. `now` is the server's time, in ms. */
export function NextRun({ search, now }: { search: Scheduled; now: number }) {
  if (search.paused && search.schedule.kind !== 'none') {
    return (
      <Badge icon={CirclePause} look="bg-inset text-ink">
        Paused
      </Badge>
    );
  }
  return (
    <p className="flex items-start gap-1.5 text-sm">
      <CalendarClock aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted" />
      <span>
        <NextRunWords search={search} now={now} />
      </span>
    </p>
  );
}

export function NextRunWords({ search, now }: { search: Scheduled; now: number }) {
  const { schedule, nextRunAt, nextRunZone } = search;
  if (schedule.kind === 'none') return <>Runs only when you start it.</>;
  if (nextRunAt === null || nextRunZone === null) {
    return (
      <strong className="font-semibold text-warn">
        Never runs by itself: all its times are in your quiet hours.
      </strong>
    );
  }
  const at = Date.parse(nextRunAt);
  return (
    <>
      Next run:{' '}
      <time
        dateTime={nextRunAt}
        title={`${absoluteTime(at, nextRunZone)} (${nextRunZone})`}
        className="font-semibold"
      >
        {upcoming(at, now, nextRunZone)}
      </time>{' '}
      ({nextRunZone})
    </>
  );
}
