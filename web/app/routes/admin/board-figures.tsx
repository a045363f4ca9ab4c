import type { BoardFigures } from '../../api/types.js';
import { When } from '../../components/when.js';
import { explainBoardError } from '../../format/errors.js';
import { number, percent } from './figures-format.js';
import { Cell, Numbers, RowHead, Runs } from './table.js';

const availabilities = { ready: 'Ready', needs_key: 'Needs a key', off: 'Off' } as const;

/** How each board did, how fresh it is, and how much of its limit was used. */
export function BoardFiguresSection({ figures, now }: { figures: BoardFigures; now: number }) {
  const { items, from, until } = figures;
  const errors = items.flatMap(({ board, label, errors }) =>
    errors.map((error) => ({ board, label, ...error })),
  );
  return (
    <section aria-labelledby="figures-boards" className="grid gap-4">
      <h2 id="figures-boards" className="text-lg font-bold">
        Boards
      </h2>
      <Numbers
        caption="Each board: how it did in runs, when it was read, and its requests"
        head={[
          'Board',
          'Here',
          'Answered',
          'In part',
          'Failed',
          'Last read',
          'Last failure',
          'Requests',
          'Busiest hour',
          'Of its limit',
        ]}
      >
        {items.map((item) => {
          const failed = { from, until, board: item.board, boardFailed: 'true' } as const;
          return (
            <tr key={item.board}>
              <RowHead>{item.label}</RowHead>
              <Cell>{availabilities[item.availability]}</Cell>
              <Cell>
                <Runs
                  count={item.ends.success}
                  of={{ from, until, board: item.board }}
                  what={`runs over ${item.label}`}
                />
              </Cell>
              <Cell>
                <Runs count={item.ends.partial} of={failed} what={`runs in which ${item.label} went wrong`} />
              </Cell>
              <Cell>
                <Runs count={item.ends.failed} of={failed} what={`runs in which ${item.label} went wrong`} />
              </Cell>
              <Cell>{item.lastSuccessAt ? <When at={item.lastSuccessAt} now={now} /> : 'never'}</Cell>
              <Cell>
                {item.lastFailure ? (
                  <>
                    <When at={item.lastFailure.at} now={now} />
                    {item.lastFailure.class && `, ${explainBoardError(item.lastFailure.class).label}`}
                  </>
                ) : (
                  'none'
                )}
              </Cell>
              <Cell>{number(item.requests)}</Cell>
              <Cell>
                {number(item.busiestHourRequests)} of {number(item.requestsPerHourLimit)}
              </Cell>
              <Cell>
                <meter
                  min={0}
                  max={1}
                  value={Math.min(1, item.busiestHourRequests / item.requestsPerHourLimit)}
                  aria-label={`${item.label}, of its limit in the busiest hour`}
                  className="mr-2 w-16 align-middle"
                />
                {percent(item.busiestHourRequests / item.requestsPerHourLimit)}
              </Cell>
            </tr>
          );
        })}
      </Numbers>
      <h3 className="font-semibold">What went wrong with boards</h3>
      {errors.length === 0 ? (
        <p className="text-muted">Nothing went wrong with any board.</p>
      ) : (
        <Numbers caption="What went wrong, by board" head={['Board', 'What went wrong', 'Class', 'Runs']}>
          {errors.map(({ board, label, class: errorClass, runs }) => (
            <tr key={`${board} ${errorClass}`}>
              <RowHead>{label}</RowHead>
              <Cell>{explainBoardError(errorClass).label}</Cell>
              <Cell>
                <code>{errorClass}</code>
              </Cell>
              <Cell>
                <Runs
                  count={runs}
                  of={{ from, until, board, errorClass }}
                  what={`${label}: ${explainBoardError(errorClass).label}`}
                />
              </Cell>
            </tr>
          ))}
        </Numbers>
      )}
    </section>
  );
}
