import { Form, Link, useLocation } from '@remix-run/react';
import { CalendarClock, type LucideIcon, RotateCw, TriangleAlert, User } from 'lucide-react';
import { memo } from 'react';
import { isActive, type Run } from '../../api/types.js';
import { button } from '../../components/button.js';
import { CancelRun } from '../../components/cancel-run.js';
import { StatusBadge } from '../../components/status-badge.js';
import { Timer } from '../../components/timer.js';
import { describeDevice } from '../../format/client-context.js';
import { explainBoardError, explainRunError } from '../../format/errors.js';
import { failedBoards, shownStatus } from '../../format/run.js';
import { absoluteTime, clockTime } from '../../format/time.js';

interface RunRowProps {
  run: Run;
  timeZone: string;
  selected: boolean;
  onSelect: (runs: readonly Run[], on: boolean) => void;
}

/** A run in the history: what was searched, by whom and where, how it ended, and what can be done with it. */
export const RunRow = memo(({ run, timeZone, selected, onSelect }: RunRowProps) => {
  const { pathname, search } = useLocation();
  const at = Date.parse(run.createdAt);
  const wrong = whatWentWrong(run);
  return (
    <li
      className="relative grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 px-4 py-3.5 hover:bg-inset has-[a:focus-visible]:bg-inset has-[input:checked]:bg-accent-soft"
      data-run-row={run.id}
      data-status={shownStatus(run)}
    >
      <label className="relative z-10 -m-2 flex items-start p-2">
        <input
          type="checkbox"
          form="bulk"
          name="run"
          value={run.id}
          checked={selected}
          onChange={(event) => onSelect([run], event.target.checked)}
          className="mt-0.5 size-5 scroll-mt-28 scroll-mb-40"
        />
        <span className="sr-only">Select {run.summary}</span>
      </label>
      <div className="grid min-w-0 gap-x-4 gap-y-2 lg:grid-cols-[minmax(0,1fr)_auto]">
        <div className="min-w-0">
          <Link
            to={`/runs/${run.id}`}
            state={{ history: pathname + search }}
            className="scroll-mt-28 scroll-mb-40 font-semibold no-underline after:absolute after:inset-0 hover:underline"
          >
            {run.summary}
          </Link>
          <p className="flex flex-wrap items-center gap-x-3 text-sm text-muted">
            <time dateTime={run.createdAt} title={absoluteTime(at, timeZone)}>
              {clockTime(at, timeZone)}
            </time>
            <StartedBy run={run} />
            <span>{parametersText(run)}</span>
          </p>
          {wrong && (
            <p className="flex items-start gap-1.5 text-sm text-warn">
              <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
              {wrong}
            </p>
          )}
        </div>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm lg:justify-end">
          <StatusBadge run={run} />
          <span className="text-muted tabular-nums">
            <strong className="text-ink">{run.found.toLocaleString('en-GB')}</strong> found,{' '}
            <strong className="text-ink">{run.new.toLocaleString('en-GB')}</strong> new
            {run.status === 'cancelled' && run.found > 0 && ', until cancelled'}
          </span>
          <Timer run={run} compact />
          <span className="relative z-10 ml-auto lg:ml-0">
            {isActive(run) ? <CancelRun run={run} compact /> : <RunAgain run={run} />}
          </span>
        </div>
      </div>
    </li>
  );
});

const triggers: Record<Run['trigger'], { icon: LucideIcon; label: string }> = {
  manual: { icon: User, label: 'By you' },
  rerun: { icon: RotateCw, label: 'Run again by you' },
  schedule: { icon: CalendarClock, label: 'Scheduled' },
};

function StartedBy({ run }: { run: Run }) {
  const { icon: Icon, label } = triggers[run.trigger];
  const device = run.trigger === 'schedule' ? null : describeDevice(run.clientContext);
  return (
    <span className="inline-flex items-center gap-1.5">
      <Icon aria-hidden="true" className="size-4" />
      {device ? `${label}, ${device}` : label}
    </span>
  );
}

function RunAgain({ run }: { run: Run }) {
  return (
    <Form method="post" action={`/runs/${run.id}`}>
      <button type="submit" name="intent" value="again" className={button('secondary', 'px-3')}>
        <RotateCw aria-hidden="true" className="size-4" />
        Run again
        <span className="sr-only"> {run.summary}</span>
      </button>
    </Form>
  );
}

/** What the summary leaves out of the parameters. */
function parametersText({ boards, parameters: { excludeWords } }: Run): string {
  const names = boards.length <= 2 ? boards.map(({ label }) => label).join(', ') : `${boards.length} boards`;
  return excludeWords.length > 0 ? `${names}, without ${excludeWords.join(', ')}` : names;
}

/** Boards that are named; the others are counted. */
const namedBoards = 2;

/** In a line: the run's own trouble, or which boards had which. */
function whatWentWrong(run: Run): string | null {
  if (run.status === 'failed' && run.error) return explainRunError(run.error.class).label;
  if (shownStatus(run) !== 'partial') return null;
  const failed = failedBoards(run);
  if (failed.length === 0) return 'Not every company could be read';
  const named = failed
    .slice(0, namedBoards)
    .map(({ label, error }) =>
      error ? `${label}: ${explainBoardError(error.class).label.toLowerCase()}` : label,
    );
  const others = failed.length - named.length;
  return others > 0 ? `${named.join(', ')}, and ${others} more` : named.join(', ');
}
