import { useFetcher, useLocation } from '@remix-run/react';
import { CircleStop, LoaderCircle } from 'lucide-react';
import type { Run } from '../api/types.js';
import type { action } from '../routes/run/route.js';
import { button } from './button.js';
import { Notice } from './notice.js';

/** Cancels a run that is under way; says so from the press on, and on every other device once the service knows. */
export function CancelRun({ run, compact = false }: { run: Run; compact?: boolean }) {
  const fetcher = useFetcher<typeof action>();
  const { pathname, search } = useLocation();
  const cancelling = fetcher.state !== 'idle' || run.cancelRequestedAt !== null;
  const Icon = cancelling ? LoaderCircle : CircleStop;
  const words = compact ? 'Cancel' : 'Cancel search';
  return (
    <fetcher.Form method="post" action={`/runs/${run.id}`} preventScrollReset>
      <input type="hidden" name="to" value={pathname + search} />
      {fetcher.data?.problem && (
        <Notice kind="bad" alert className="mb-3">
          {fetcher.data.problem}
        </Notice>
      )}
      <button
        type="submit"
        name="intent"
        value="cancel"
        disabled={cancelling}
        className={button('danger', compact ? 'px-3' : undefined)}
      >
        <Icon aria-hidden="true" className={cancelling ? 'size-4 animate-spin' : 'size-4'} />
        {cancelling ? 'Cancelling…' : words}
        {compact && <span className="sr-only"> {run.summary}</span>}
      </button>
    </fetcher.Form>
  );
}
