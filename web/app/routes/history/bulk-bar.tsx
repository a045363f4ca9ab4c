import { Form, useLocation } from '@remix-run/react';
import clsx from 'clsx';
import { CircleStop, LoaderCircle, RotateCw, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Run } from '../../api/types.js';
import { button } from '../../components/button.js';
import { Notice } from '../../components/notice.js';
import { useHydrated } from '../../live/use-server-clock.js';
import { type Doing, progressSentence, type Report, reportSentence } from './bulk.js';
import type { Bulk } from './use-bulk.js';

const doings: { doing: Doing; label: string; icon: typeof RotateCw }[] = [
  { doing: 'cancel', label: 'Cancel', icon: CircleStop },
  { doing: 'again', label: 'Run again', icon: RotateCw },
];

interface BulkBarProps {
  bulk: Bulk;
  /** The runs of this page. */
  runs: Run[];
  /** What a page without scripts was answered. */
  answered: Report | null;
  /** Stands beside the boxes while nothing is ticked. */
  children: ReactNode;
}

/**
 * The head of the list: ticks all, does something with what is ticked, and tells how that goes. The rows' boxes belong
 * to this form by its name, since a row has forms of its own. Without scripts the buttons act on what is ticked.
 */
export function BulkBar({ bulk, runs, answered, children }: BulkBarProps) {
  const hydrated = useHydrated();
  const { pathname, search } = useLocation();
  const { selected, able, going } = bulk;
  const report = bulk.report ?? answered;
  const acting = selected.size > 0 || (!hydrated && runs.length > 0);
  return (
    <Form
      id="bulk"
      method="post"
      action={pathname + search}
      aria-label="The selected searches"
      className={clsx('grid gap-2 text-sm', (selected.size > 0 || report) && stickyLook)}
      onSubmit={(event) => {
        event.preventDefault();
        const { value } = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement;
        if (!going) void bulk.act(value as Doing);
      }}
    >
      <p className="sr-only" role="status">
        {report && (going ? progressSentence(report) : reportSentence(report))}
      </p>
      <div className="flex min-h-10 flex-wrap items-center gap-2">
        {hydrated && runs.length > 0 && (
          <label className="flex min-h-10 items-center gap-3 pr-2">
            <input
              type="checkbox"
              className="size-5"
              checked={runs.every(({ id }) => selected.has(id))}
              onChange={(event) => bulk.select(runs, event.target.checked)}
            />
            <span className={clsx(acting && 'sr-only')}>Select all on this page</span>
          </label>
        )}
        {acting ? (
          // What is only there without scripts takes no room while they are awaited.
          <div className={hydrated ? 'contents' : 'hidden noscript:contents'}>
            <span className="mr-auto font-semibold">
              {hydrated ? `${selected.size} selected` : 'With the ticked searches'}
            </span>
            {doings.map(({ doing, label, icon: Icon }) => (
              <button
                key={doing}
                type="submit"
                name="intent"
                value={doing}
                disabled={hydrated && (going || able[doing].length === 0)}
                className={button(doing === 'cancel' ? 'danger' : 'secondary', 'px-3')}
              >
                <Icon aria-hidden="true" className="size-4" />
                {label}
                {hydrated && able[doing].length > 0 && ` ${able[doing].length}`}
              </button>
            ))}
          </div>
        ) : null}
        {(!acting || !hydrated) && <span className="mr-auto noscript:hidden" />}
        {hydrated && !going && (selected.size > 0 || report) && (
          <button type="button" onClick={bulk.clear} className={button('quiet', 'px-2')}>
            <X aria-hidden="true" className="size-4" />
            {selected.size > 0 ? 'Clear' : 'Close'}
            {selected.size > 0 && <span className="sr-only"> the selection</span>}
          </button>
        )}
        {children}
      </div>
      {report && <Told report={report} going={going} />}
    </Form>
  );
}

/** Below the site's head, which is two rows on a phone. */
const stickyLook = 'card sticky top-28 z-20 -mx-2 px-2 py-1.5 shadow-float sm:top-16';

function Told({ report, going }: { report: Report; going: boolean }) {
  const tried = report.done + report.failures.length;
  if (going)
    return (
      <div className="grid gap-1.5">
        <p className="flex items-center gap-2 text-sm font-semibold">
          <LoaderCircle aria-hidden="true" className="size-4 animate-spin" />
          {progressSentence(report)}
        </p>
        <progress className="h-2 w-full" value={tried} max={report.total} aria-label="Searches done" />
      </div>
    );
  const good = report.done === report.total;
  return (
    <Notice kind={good ? 'info' : 'warn'}>
      <p>{reportSentence(report)}</p>
      {report.failures.length > 0 && (
        <ul className="mt-1 list-disc pl-5">
          {report.failures.map(({ run, sentence }) => (
            <li key={run.id}>
              <strong>{run.summary}</strong>: {sentence}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
