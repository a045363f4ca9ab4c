import { Link } from '@remix-run/react';
import { CalendarClock } from 'lucide-react';
import type { Run } from '../api/types.js';
import { StatusBadge } from './status-badge.js';
import { When } from './when.js';

/** A run in a short list: what was searched, how it stands, when. */
export function RunLink({ run }: { run: Run }) {
  return (
    <Link to={`/runs/${run.id}`} className="group grid gap-1 px-4 py-3 no-underline hover:bg-inset">
      <span className="flex items-baseline justify-between gap-3">
        <span className="min-w-0 font-semibold group-hover:underline">{run.summary}</span>
        <span className="shrink-0 text-xs text-muted">
          <When at={run.createdAt} now={Date.parse(run.serverTime)} />
        </span>
      </span>
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-muted">
        <StatusBadge run={run} />
        {run.source === 'cron' && <CalendarClock role="img" aria-label="Scheduled" className="size-4" />}
        <span>
          {run.found.toLocaleString('en-GB')} found
          {run.new > 0 && `, ${run.new.toLocaleString('en-GB')} new`}
        </span>
      </span>
    </Link>
  );
}
