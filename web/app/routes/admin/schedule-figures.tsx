import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import type { ScheduleFigures } from '../../api/types.js';
import { Badge } from '../../components/badge.js';
import { When } from '../../components/when.js';
import { number, stepLabel, took } from './figures-format.js';
import { Cell, Numbers, RowHead, Runs } from './table.js';

const states = {
  completed: { icon: CircleCheck, look: 'bg-good-soft text-good', label: 'Completed' },
  unfinished: { icon: TriangleAlert, look: 'bg-warn-soft text-warn', label: 'Not at its end' },
  missed: { icon: CircleAlert, look: 'bg-bad-soft text-bad', label: 'Missed' },
} as const;
const causes = { schedule: 'The schedule', operator: 'An operator', request: 'A request' } as const;

/** What was due and what was run, and the alerts. */
export function ScheduleFiguresSection({ figures, now }: { figures: ScheduleFigures; now: number }) {
  const { schedules, own, alerts } = figures;
  return (
    <section aria-labelledby="figures-schedules" className="grid gap-4">
      <h2 id="figures-schedules" className="text-lg font-bold">
        Schedules
      </h2>
      {schedules.map((schedule) => (
        <div key={schedule.id} className="grid gap-3">
          <p>
            <code>{schedule.id}</code>: {number(schedule.due)} due, {number(schedule.completed)} completed,{' '}
            {number(schedule.unfinished)} not at their end, {number(schedule.missed)} missed;{' '}
            {number(schedule.runs)} runs, {number(schedule.leftOut)} searches left out.
            {schedule.nextAt && ` Next: ${stepLabel(schedule.nextAt, false)} UTC.`}
          </p>
          {schedule.ticks.length > 0 && (
            <Numbers
              caption={`Ticks of ${schedule.id}`}
              head={['Due (UTC)', 'State', 'Begun by', 'Runs', 'Left out', 'Took']}
            >
              {schedule.ticks.map((tick) => {
                const { label, ...look } = states[tick.state];
                return (
                  <tr key={tick.id ?? tick.dueAt}>
                    <RowHead>{stepLabel(tick.dueAt, false)}</RowHead>
                    <Cell>
                      <Badge {...look}>{label}</Badge>
                    </Cell>
                    <Cell>{tick.cause ? causes[tick.cause] : '–'}</Cell>
                    <Cell>
                      {tick.id ? (
                        <Runs
                          count={tick.runs}
                          of={{ tick: tick.id }}
                          what={`runs of the tick of ${stepLabel(tick.dueAt, false)}`}
                        />
                      ) : (
                        '–'
                      )}
                    </Cell>
                    <Cell>{number(tick.leftOut)}</Cell>
                    <Cell>{took(tick.tookSeconds === null ? null : tick.tookSeconds * 1_000)}</Cell>
                  </tr>
                );
              })}
            </Numbers>
          )}
        </div>
      ))}
      <p>
        Saved searches with times of their own: {number(own.begun)} ticks begun, {number(own.completed)}{' '}
        completed.
      </p>
      <h3 className="font-semibold">Alerts</h3>
      {alerts.length === 0 ? (
        <p className="text-muted">No alert is open, and none was raised.</p>
      ) : (
        <Numbers caption="Alerts that are open or were raised" head={['Alert', 'Raised', 'Over']}>
          {alerts.map((alert) => (
            <tr key={alert.id}>
              <RowHead>{alert.message}</RowHead>
              <Cell>
                <When at={alert.raisedAt} now={now} />
              </Cell>
              <Cell>{alert.resolvedAt ? <When at={alert.resolvedAt} now={now} /> : 'open'}</Cell>
            </tr>
          ))}
        </Numbers>
      )}
    </section>
  );
}
