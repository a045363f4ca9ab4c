import type { BoardName } from '../domain/board.js';

/** Workflows, and the database activities that they call: eager dispatch makes those quick. */
export const runsTaskQueue = 'search-runs';

/**
 * The runs of schedules, with their database activities. Priority says who goes first, but not how much is at work at
 * a time: with few slots of their own, ten thousand of them leave the machine to the people who wait.
 */
export const scheduledRunsTaskQueue = 'scheduled-runs';

/** Activities that wait for a sync which other runs may share: many wait at once and cost nothing. */
export const syncWaitsTaskQueue = 'sync-waits';

/** Mails on their way: how many at a time is the mail server's limit, and none of them keeps a search waiting. */
export const mailTaskQueue = 'mail';

/** Fetching from one board; its rate limit holds over the whole fleet. */
export const boardTaskQueue = (board: BoardName) => `board/${board}`;

/** What waits in a task queue: of one name, Temporal keeps a backlog of each. */
export type TaskKind = 'workflow' | 'activity';

/** Every task queue of the service, in the order in which operators are shown them. @param asked the boards that are asked. */
export const taskQueues = (asked: readonly BoardName[]): { name: string; kinds: readonly TaskKind[] }[] => [
  { name: runsTaskQueue, kinds: ['workflow', 'activity'] },
  { name: scheduledRunsTaskQueue, kinds: ['workflow', 'activity'] },
  { name: syncWaitsTaskQueue, kinds: ['activity'] },
  { name: mailTaskQueue, kinds: ['activity'] },
  ...asked.map((board) => ({ name: boardTaskQueue(board), kinds: ['activity'] as const })),
];
