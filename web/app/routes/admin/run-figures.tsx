import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import type { RunFigures } from '../../api/types.js';
import { explainRunError } from '../../format/errors.js';
import { statusLabels } from '../../format/run.js';
import { DurationChart, OutcomeChart } from './chart.js';
import { number, percent, stepLabel, took } from './figures-format.js';
import { adminRunsPath } from './filters.js';
import { outcomes } from './patterns.js';
import { Cell, Numbers, RowHead, Runs } from './table.js';

/** How runs ended and how long they took: in all, over time, and what went wrong. */
export function RunFiguresSection({ figures, byDay }: { figures: RunFigures; byDay: boolean }) {
  const { from, until, ends, scheduledEnds, steps, duration, errors, active } = figures;
  const span = { from, until };
  const all = outcomes.reduce((sum, key) => sum + ends[key], 0);
  return (
    <section aria-labelledby="figures-runs" className="grid gap-4">
      <h2 id="figures-runs" className="text-lg font-bold">
        Runs
      </h2>
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4 lg:grid-cols-6">
        <Figure name="Succeeded, in full or in part" to={adminRunsPath({ ...span, status: 'success' })}>
          {percent(figures.successRate)}
        </Figure>
        <Figure name="Failed" to={adminRunsPath({ ...span, status: 'failed' })}>
          {percent(figures.failureRate)}
        </Figure>
        <Figure name="Half took at most" to={adminRunsPath(span)}>
          {took(duration.p50Ms)}
        </Figure>
        <Figure name="95 of 100 took at most" to={adminRunsPath(span)}>
          {took(duration.p95Ms)}
        </Figure>
        <Figure name="Queued now" to={adminRunsPath({ status: 'pending' })}>
          {number(active.pending)}
        </Figure>
        <Figure name="Searching now" to={adminRunsPath({ status: 'running' })}>
          {number(active.running)}
        </Figure>
      </dl>
      <div className="grid gap-4 lg:grid-cols-2">
        <div className="card grid content-start gap-2 p-4">
          <h3 className="font-semibold">How they ended</h3>
          <OutcomeChart
            steps={steps}
            byDay={byDay}
            label={`Runs by how they ended, ${number(all)} in all: ${outcomes
              .map((key) => `${number(ends[key])} ${statusLabels[key].toLowerCase()}`)
              .join(', ')}. The table below has the numbers.`}
          />
        </div>
        <div className="card grid content-start gap-2 p-4">
          <h3 className="font-semibold">How long they took</h3>
          <DurationChart
            steps={steps}
            byDay={byDay}
            label={`How long runs took from being asked for to their end: half at most ${took(duration.p50Ms)}, 95 of 100 at most ${took(duration.p95Ms)}. The table below has the numbers.`}
          />
        </div>
      </div>
      <Numbers
        caption="Runs by when they ended (UTC)"
        head={['From (UTC)', ...outcomes.map((key) => statusLabels[key]), 'p50', 'p95']}
      >
        <tr className="font-semibold">
          <RowHead>In all</RowHead>
          {outcomes.map((key) => (
            <Cell key={key}>
              <Runs count={ends[key]} of={{ ...span, status: key }} what={`${statusLabels[key]}, in all`} />
            </Cell>
          ))}
          <Cell>{took(duration.p50Ms)}</Cell>
          <Cell>{took(duration.p95Ms)}</Cell>
        </tr>
        <tr>
          <RowHead>Of these scheduled</RowHead>
          {outcomes.map((key) => (
            <Cell key={key}>
              <Runs
                count={scheduledEnds[key]}
                of={{ ...span, status: key, source: 'cron' }}
                what={`${statusLabels[key]}, scheduled`}
              />
            </Cell>
          ))}
          <Cell>{null}</Cell>
          <Cell>{null}</Cell>
        </tr>
        {[...steps].reverse().map((step) => {
          const label = stepLabel(step.from, byDay);
          return (
            <tr key={step.from}>
              <RowHead>{label}</RowHead>
              {outcomes.map((key) => (
                <Cell key={key}>
                  <Runs
                    count={step.ends[key]}
                    of={{ from: step.from, until: step.until, status: key }}
                    what={`${statusLabels[key]}, from ${label}`}
                  />
                </Cell>
              ))}
              <Cell>{took(step.p50Ms)}</Cell>
              <Cell>{took(step.p95Ms)}</Cell>
            </tr>
          );
        })}
      </Numbers>
      <h3 className="font-semibold">Why runs failed</h3>
      {errors.length === 0 ? (
        <p className="text-muted">No run failed.</p>
      ) : (
        <Numbers caption="Failed runs by what went wrong" head={['What went wrong', 'Class', 'Runs']}>
          {errors.map(({ class: errorClass, runs }) => (
            <tr key={errorClass}>
              <RowHead>{explainRunError(errorClass).label}</RowHead>
              <Cell>
                <code>{errorClass}</code>
              </Cell>
              <Cell>
                <Runs count={runs} of={{ ...span, errorClass }} what={explainRunError(errorClass).label} />
              </Cell>
            </tr>
          ))}
        </Numbers>
      )}
    </section>
  );
}

function Figure({ name, to, children }: { name: string; to: string; children: ReactNode }) {
  return (
    <div className="card flex flex-col-reverse justify-end gap-1 p-3">
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="text-lg font-bold tabular-nums">
        <Link to={to} className="link">
          {children}
          <span className="sr-only">: the runs</span>
        </Link>
      </dd>
    </div>
  );
}
