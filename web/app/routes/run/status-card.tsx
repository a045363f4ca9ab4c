import { Form, Link, useActionData, useNavigation } from '@remix-run/react';
import { Bookmark, BookmarkPlus, Pencil, RotateCw, TriangleAlert } from 'lucide-react';
import { isActive, type Run } from '../../api/types.js';
import { button } from '../../components/button.js';
import { CancelRun } from '../../components/cancel-run.js';
import { Field } from '../../components/field.js';
import { Notice } from '../../components/notice.js';
import { ProgressBar } from '../../components/progress-bar.js';
import { Staleness } from '../../components/staleness.js';
import { StatusBadge } from '../../components/status-badge.js';
import { Timer } from '../../components/timer.js';
import { When } from '../../components/when.js';
import { describeDevice } from '../../format/client-context.js';
import { explainRunError } from '../../format/errors.js';
import { countOf, failedBoards, shownStatus, wrapSummary } from '../../format/run.js';
import { duration } from '../../format/time.js';
import type { Connection } from '../../live/keep-open.js';
import { Reruns } from './reruns.js';
import type { action } from './route.js';

/** How a run stands: state, time, counts, what went wrong, and what can be done with it. */
export function StatusCard({ run, reruns, connection }: { run: Run; reruns: Run[]; connection: Connection }) {
  const problem = useActionData<typeof action>()?.problem;
  const active = isActive(run);
  return (
    <section className="card grid gap-4 p-5" aria-labelledby="run-heading" data-status={run.status}>
      <div>
        <div className="flex flex-wrap items-center justify-between gap-2">
          <StatusBadge run={run} />
          <span className="text-sm">
            <Timer run={run} />
          </span>
        </div>
        <h1 id="run-heading" className="mt-3 text-xl font-bold">
          {wrapSummary(run.summary)}
        </h1>
        <Parameters run={run} />
      </div>
      {problem && (
        <Notice kind="bad" alert>
          {problem}
        </Notice>
      )}
      {active && <ProgressBar run={run} />}
      {active && <Staleness connection={connection} />}
      <Counts run={run} />
      <RunNotes run={run} />
      <Reruns run={run} reruns={reruns} />
      <Actions run={run} />
    </section>
  );
}

function Parameters({ run }: { run: Run }) {
  const { excludeWords } = run.parameters;
  const device = run.source === 'cron' ? 'the schedule' : describeDevice(run.clientContext);
  return (
    <p className="mt-1 text-sm text-muted">
      Started <When at={run.createdAt} now={Date.parse(run.serverTime)} />
      {device && ` by ${run.source === 'cron' ? device : `you, ${device}`}`}
      {excludeWords.length > 0 && `. Without: ${excludeWords.join(', ')}`}
    </p>
  );
}

function Counts({ run }: { run: Run }) {
  const waited = run.startedAt ? Date.parse(run.startedAt) - Date.parse(run.createdAt) : 0;
  return (
    <p className="flex flex-wrap items-baseline gap-x-4 text-sm text-muted">
      <span>
        <strong className="text-xl text-ink tabular-nums" data-found={run.found}>
          {run.found.toLocaleString('en-GB')}
        </strong>{' '}
        found
      </span>
      <span>
        <strong className="text-xl text-ink tabular-nums">{run.new.toLocaleString('en-GB')}</strong> new
      </span>
      {waited >= 1000 && <span>queued for {duration(waited)}</span>}
      {run.found > 0 && (
        <a href="#results" className="link lg:hidden">
          See them
        </a>
      )}
    </p>
  );
}

function RunNotes({ run }: { run: Run }) {
  const status = shownStatus(run);
  if (run.error && status === 'failed') {
    const { cause, next, advice } = explainRunError(run.error.class);
    return (
      <Notice kind="bad">
        <strong>{cause}</strong> {next} {advice}
      </Notice>
    );
  }
  if (status === 'partial') {
    const failed = failedBoards(run);
    return (
      <Notice kind="warn">
        {failed.length > 0 ? (
          <>
            <strong>{failed.map(({ label }) => label).join(', ')}</strong> could not be searched. The other
            boards’ results are complete.
          </>
        ) : (
          'Not every company could be read. The results of the others are complete.'
        )}
      </Notice>
    );
  }
  if (status === 'cancelled')
    return (
      <Notice kind="info">
        {run.found > 0
          ? `Cancelled part-way. The ${countOf(run.found, 'posting')} found until then were kept.`
          : 'Cancelled before anything was found.'}
      </Notice>
    );
  return null;
}

function Actions({ run }: { run: Run }) {
  const navigation = useNavigation();
  const doing = navigation.state === 'idle' ? null : navigation.formData?.get('intent');
  if (isActive(run)) return <CancelRun run={run} />;
  return (
    <div className="grid gap-3">
      <Form method="post" className="flex flex-wrap gap-2">
        <button
          type="submit"
          name="intent"
          value="again"
          disabled={doing === 'again'}
          className={button('primary')}
        >
          <RotateCw aria-hidden="true" className="size-4" />
          Run again
        </button>
        <Link to={`/?run=${run.id}`} className={button('secondary')}>
          <Pencil aria-hidden="true" className="size-4" />
          Edit and run
        </Link>
        {shownStatus(run) === 'partial' && failedBoards(run).length > 0 && (
          <button type="submit" name="intent" value="failed-boards" className={button('secondary')}>
            <TriangleAlert aria-hidden="true" className="size-4" />
            Only the failed boards
          </button>
        )}
      </Form>
      {run.savedSearchId ? (
        <Link to={`/?saved=${run.savedSearchId}`} className="link inline-flex items-center gap-1.5 text-sm">
          <Bookmark aria-hidden="true" className="size-4" />
          Of your saved search
        </Link>
      ) : (
        <Save run={run} />
      )}
    </div>
  );
}

function Save({ run }: { run: Run }) {
  return (
    <details>
      <summary className={button('secondary', 'list-none [&::-webkit-details-marker]:hidden')}>
        <BookmarkPlus aria-hidden="true" className="size-4" />
        Save this search
      </summary>
      <Form method="post" className="mt-3 grid gap-3 rounded-md border border-line p-4">
        <Field id="name" label="Name">
          {(control) => (
            <input
              {...control}
              name="name"
              maxLength={80}
              defaultValue={run.summary.slice(0, 80)}
              autoComplete="off"
            />
          )}
        </Field>
        <button type="submit" name="intent" value="save" className={button('primary', 'w-fit')}>
          Save
        </button>
      </Form>
    </details>
  );
}
