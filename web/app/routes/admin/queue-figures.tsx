import type { QueueFigures } from '../../api/types.js';
import { Notice } from '../../components/notice.js';
import { When } from '../../components/when.js';
import { number, took } from './figures-format.js';
import { Cell, Numbers, RowHead } from './table.js';

/** What waits on each task queue, and who is there to take it. */
export function QueueFiguresSection({ figures, now }: { figures: QueueFigures; now: number }) {
  const { away, queues, workers, versions } = figures;
  return (
    <section aria-labelledby="figures-queues" className="grid gap-4">
      <h2 id="figures-queues" className="text-lg font-bold">
        Task queues and workers
      </h2>
      {away ? (
        <Notice kind="warn">{away} Searches are accepted, and start when it is back.</Notice>
      ) : (
        <>
          <Numbers
            caption="Task queues"
            head={['Queue', 'Waiting', 'Oldest', 'Added a second', 'Taken a second', 'Workers']}
          >
            {queues.map((queue) => (
              <tr key={queue.name}>
                <RowHead>
                  {queue.temporalUrl ? (
                    <a href={queue.temporalUrl} className="link">
                      {queue.name}
                    </a>
                  ) : (
                    queue.name
                  )}
                </RowHead>
                <Cell>{number(queue.backlog)}</Cell>
                <Cell>{queue.backlog > 0 ? took(queue.oldestSeconds * 1_000) : '–'}</Cell>
                <Cell>{queue.addedPerSecond.toFixed(1)}</Cell>
                <Cell>{queue.dispatchedPerSecond.toFixed(1)}</Cell>
                <Cell>{number(queue.workers)}</Cell>
              </tr>
            ))}
          </Numbers>
          {workers.length === 0 ? (
            <Notice kind="warn">No worker polls: what is accepted waits.</Notice>
          ) : (
            <Numbers caption="Workers" head={['Worker', 'Version', 'Queues', 'Last seen']}>
              {workers.map((worker) => (
                <tr key={worker.identity}>
                  <RowHead>{worker.identity}</RowHead>
                  <Cell>{worker.version ?? 'without a version'}</Cell>
                  <Cell>{number(worker.queues)}</Cell>
                  <Cell>{worker.lastSeenAt ? <When at={worker.lastSeenAt} now={now} /> : '–'}</Cell>
                </tr>
              ))}
            </Numbers>
          )}
          {versions.length > 0 && (
            <Numbers
              caption="Versions of the workers"
              head={['Deployment', 'Build', 'New work goes to it', 'Since']}
            >
              {versions.map((version) => (
                <tr key={`${version.deployment} ${version.build}`}>
                  <RowHead>{version.deployment}</RowHead>
                  <Cell>{version.build}</Cell>
                  <Cell>{version.current ? 'yes' : 'no'}</Cell>
                  <Cell>{version.createdAt ? <When at={version.createdAt} now={now} /> : '–'}</Cell>
                </tr>
              ))}
            </Numbers>
          )}
        </>
      )}
    </section>
  );
}
