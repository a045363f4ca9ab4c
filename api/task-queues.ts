import type { Client } from '@temporalio/client';
import { optionalTsToDate, optionalTsToMs } from '@temporalio/common/lib/time.js';
import type { BoardName } from '../domain/board.js';
import { describeTaskQueue } from '../temporal/task-queue.js';
import { taskQueues } from '../workflows/task-queues.js';
import type { QueueFigures } from './admin-schemas.js';
import { type TemporalSettings, temporalUrl } from './temporal-url.js';

type Description = Awaited<ReturnType<typeof describeTaskQueue>>;

/**
 * How much waits on each task queue, who polls it, and which versions of the worker there are.
 * @throws when Temporal cannot be reached.
 */
export async function readTaskQueues(
  client: Client,
  settings: TemporalSettings,
  readyBoards: readonly BoardName[],
): Promise<Omit<QueueFigures, 'away'>> {
  const [described, { workerDeployments }] = await Promise.all([
    Promise.all(
      taskQueues(readyBoards).map(async ({ name, kinds }) => ({
        name,
        of: await Promise.all(kinds.map((kind) => describeTaskQueue(client, name, kind))),
      })),
    ),
    client.workflowService.listWorkerDeployments({ namespace: client.options.namespace }),
  ]);
  return {
    queues: described.map(({ name, of }) => ({
      ...figuresOf(of),
      name,
      temporalUrl: temporalUrl(settings, 'task-queues', name),
    })),
    workers: workersOf(described),
    versions: workerDeployments.flatMap(({ name, latestVersionSummary, currentVersionSummary }) => {
      const current = currentVersionSummary?.deploymentVersion?.buildId;
      const latest = latestVersionSummary?.deploymentVersion?.buildId;
      return [
        { build: current, from: currentVersionSummary, current: true },
        ...(latest === current ? [] : [{ build: latest, from: latestVersionSummary, current: false }]),
      ].flatMap(({ build, from, current }) =>
        build
          ? {
              deployment: name ?? '',
              build,
              current,
              createdAt: optionalTsToDate(from?.createTime)?.toISOString() ?? null,
            }
          : [],
      );
    }),
  };
}

function figuresOf(described: Description[]): Omit<QueueFigures['queues'][number], 'name' | 'temporalUrl'> {
  const stats = described.flatMap(({ stats }) => stats ?? []);
  const sum = (values: number[]) => values.reduce((all, value) => all + value, 0);
  return {
    backlog: sum(stats.map(({ approximateBacklogCount }) => Number(approximateBacklogCount ?? 0))),
    oldestSeconds: Math.max(
      0,
      ...stats.map(({ approximateBacklogAge }) => (optionalTsToMs(approximateBacklogAge) ?? 0) / 1_000),
    ),
    addedPerSecond: sum(stats.map(({ tasksAddRate }) => tasksAddRate ?? 0)),
    dispatchedPerSecond: sum(stats.map(({ tasksDispatchRate }) => tasksDispatchRate ?? 0)),
    workers: new Set(described.flatMap(({ pollers }) => pollers.map(({ identity }) => identity))).size,
  };
}

/** Each worker once, by its identity, with the queues that it polls. */
function workersOf(described: { name: string; of: Description[] }[]): QueueFigures['workers'] {
  const workers = new Map<
    string,
    { version: string | null; queues: Set<string>; lastSeenAt: string | null }
  >();
  for (const { name, of } of described) {
    for (const { identity, deploymentOptions, lastAccessTime } of of.flatMap(({ pollers }) => pollers)) {
      const known = workers.get(identity ?? '');
      const seen = optionalTsToDate(lastAccessTime)?.toISOString() ?? null;
      const { deploymentName, buildId } = deploymentOptions ?? {};
      workers.set(identity ?? '', {
        version: buildId ? `${deploymentName}.${buildId}` : (known?.version ?? null),
        queues: (known?.queues ?? new Set()).add(name),
        lastSeenAt: [seen, known?.lastSeenAt ?? null].sort().at(-1) ?? null,
      });
    }
  }
  return [...workers]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([identity, worker]) => ({ identity, ...worker, queues: worker.queues.size }));
}
