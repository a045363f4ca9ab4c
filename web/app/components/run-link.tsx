import { Link } from '@remix-run/react';
import { CalendarClock } from 'lucide-react';
import type { Run } from '../api/types.js';
import { countOf } from '../format/run.js';
import { StatusBadge } from './status-badge.js';
import { When } from './when.js';

/** A run in a short list: what was searched, how it stands, when. */
export function RunLink({ run }: { run: Run }) {
  return (
    <Link
      to={`/runs/${run.id}`}
      className="group flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-3 no-underline hover:bg-inset"
    >
      <span className="min-w-0 flex-1 basis-52">
        <span className="block font-semibold group-hover:underline">{run.summary}</span>
        <span className="flex flex-wrap items-center gap-x-2 text-sm text-muted">
          {run.source === 'cron' && <CalendarClock aria-label="Scheduled" className="size-4" />}
          <When at={run.createdAt} now={Date.parse(run.serverTime)} />
          <span>
            {countOf(run.found, 'posting')}
            {run.new > 0 && `, ${run.new.toLocaleString('en-GB')} new`}
          </span>
        </span>
      </span>
      <StatusBadge run={run} />
    </Link>
  );
}
