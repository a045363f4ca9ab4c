import { defaultPayloadConverter } from '@temporalio/common';
import type { SyncProgress } from '../../activities/sync-source.js';
import { waitFor } from '../../local/testing/wait-for.js';
import { boardSyncWorkflowId, companyCheckWorkflowId, searchRunWorkflowId } from '../workflow-ids.js';
import type { RunRow, World } from './world.js';

export const hosts = {
  arbeitnow: 'www.arbeitnow.com',
  remoteok: 'remoteok.com',
  jobicy: 'jobicy.com',
  greenhouse: 'boards-api.greenhouse.io',
} as const;

/** What a scenario leaves behind: the runs as they ended, and the workflows whose histories are of a kind. */
export interface Played {
  runs: RunRow[];
  /** Name of the kind → workflow id, or one execution of it; else the last. */
  histories: Record<string, string | { workflowId: string; runId: string }>;
}

export type Scenario = (world: World) => Promise<Played>;

/** Every board behaves, and every source has to be read. */
export async function fromTheStart(world: World): Promise<void> {
  world.boards.control.reset();
  await world.forgetFreshness();
}

/** A run whose board has answered with its first page and keeps the second back. */
export async function runOnSecondPage({ boards: { control }, startRun }: World): Promise<string> {
  control.hold(hosts.arbeitnow);
  const id = await startRun({ boards: ['arbeitnow'] });
  await control.waitForRequest(({ path }) => path.includes('page=1'));
  // The first page goes, the second waits: nothing comes in between these two calls.
  control.release();
  control.hold(hosts.arbeitnow);
  await control.waitForRequest(({ path }) => path.includes('page=2'));
  return id;
}

/** Every way a run and a company's check can go, played with the real parts. Tests look at how they end; their histories are recorded. */
export const scenarios = {
  /** Feeds and company boards are read, then matched. */
  async success(world) {
    await fromTheStart(world);
    const id = await world.startRun({ boards: ['remoteok', 'jobicy', 'greenhouse'] });
    return {
      runs: [await world.ended(id)],
      histories: {
        'search-run-success': searchRunWorkflowId(id),
        'board-sync-success': boardSyncWorkflowId('jobicy'),
      },
    };
  },

  /** Nothing has to be fetched: two steps. */
  async alreadyFresh(world) {
    const boards = ['remoteok', 'jobicy'];
    await fromTheStart(world);
    await world.ended(await world.startRun({ boards }));
    world.boards.control.reset();
    const id = await world.startRun({ title: 'manager', boards });
    return { runs: [await world.ended(id)], histories: { 'search-run-fresh': searchRunWorkflowId(id) } };
  },

  /** One board does not answer in three attempts: its outcome, not the run's. */
  async partial(world) {
    await fromTheStart(world);
    world.boards.control.setBehaviour({ host: hosts.remoteok, behaviour: 'server_error' });
    const id = await world.startRun({ boards: ['remoteok', 'jobicy'] });
    return {
      runs: [await world.ended(id)],
      histories: {
        'search-run-partial': searchRunWorkflowId(id),
        'board-sync-failed': boardSyncWorkflowId('remoteok'),
      },
    };
  },

  /** No board can be read, for reasons that another attempt does not mend. */
  async failed(world) {
    await fromTheStart(world);
    world.boards.control.setBehaviour({ host: hosts.remoteok, behaviour: 'html' });
    world.boards.control.setBehaviour({ host: hosts.jobicy, behaviour: 'captcha' });
    const id = await world.startRun({ boards: ['remoteok', 'jobicy'] });
    return { runs: [await world.ended(id)], histories: { 'search-run-failed': searchRunWorkflowId(id) } };
  },

  /** The board asks to come back later. */
  async retryAfter(world) {
    await fromTheStart(world);
    world.boards.control.setBehaviour({
      host: hosts.jobicy,
      behaviour: 'rate_limited',
      retryAfterSeconds: 2,
      times: 1,
    });
    const id = await world.startRun({ boards: ['jobicy'] });
    return {
      runs: [await world.ended(id)],
      histories: { 'board-sync-retried': boardSyncWorkflowId('jobicy') },
    };
  },

  /** The connection breaks in the middle of a feed's pages: the next attempt goes on from the page that failed. */
  async brokenPage(world) {
    await fromTheStart(world);
    const { control } = world.boards;
    const id = await runOnSecondPage(world);
    control.setBehaviour({ host: hosts.arbeitnow, behaviour: 'reset', times: 1 });
    control.release();
    return {
      runs: [await world.ended(id)],
      histories: { 'board-sync-resumed': boardSyncWorkflowId('arbeitnow') },
    };
  },

  /** The worker is killed in each of the sync's three attempts: the board failed in none, and goes on from its page. */
  async interrupted(world) {
    await fromTheStart(world);
    const { control } = world.boards;
    const id = await runOnSecondPage(world);
    const sync = world.temporal.workflow.getHandle(boardSyncWorkflowId('arbeitnow'));
    // Sent within half a second: a worker that dies before it leaves the first page to be read again.
    await waitFor(
      async () => {
        const [pages] = (await sync.describe()).raw.pendingActivities ?? [];
        const [heard] = pages?.heartbeatDetails?.payloads ?? [];
        return heard && defaultPayloadConverter.fromPayload<SyncProgress>(heard).cursor;
      },
      { what: 'Temporal to know that the first page is read' },
    );
    let { worker } = world;
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      const asked = control.log.requests.at(-1)?.id ?? 0;
      worker.kill('SIGKILL');
      await worker.waitForExit();
      worker = await world.startWorker();
      await control.waitForRequest((request) => request.id > asked && request.path.includes('page=2'));
    }
    control.release();
    return {
      runs: [await world.ended(id)],
      histories: { 'board-sync-interrupted': boardSyncWorkflowId('arbeitnow') },
    };
  },

  /** Cancelled while a board's answer is awaited, by nobody else: the request is closed, the sync stops. */
  async cancelled(world) {
    await fromTheStart(world);
    const { control } = world.boards;
    control.hold(hosts.remoteok);
    const id = await world.startRun({ boards: ['remoteok', 'jobicy'] });
    await control.waitForRequest(({ host }) => host === hosts.remoteok);
    await waitFor(
      async () =>
        (await world.run(id)).boards.some(({ board, state }) => board === 'jobicy' && state === 'success'),
      { what: 'jobicy to be searched' },
    );
    await world.temporal.workflow.getHandle(searchRunWorkflowId(id)).cancel();
    const run = await world.ended(id);
    await control.waitForRequest(({ host, closedByClient }) => host === hosts.remoteok && closedByClient);
    // The run does not wait for the sync that it left.
    await world.temporal.workflow
      .getHandle(boardSyncWorkflowId('remoteok'))
      .result()
      .catch(() => undefined);
    control.release();
    return {
      runs: [run],
      histories: {
        'search-run-cancelled-at-once': searchRunWorkflowId(id),
        'board-sync-cancelled': boardSyncWorkflowId('remoteok'),
      },
    };
  },

  /** Two runs wait for one sync; one is cancelled, the sync goes on for the other. */
  async sharedSync(world) {
    await fromTheStart(world);
    const { control } = world.boards;
    control.hold(hosts.jobicy);
    const [one, other] = await Promise.all([
      world.startRun({ title: 'engineer', boards: ['jobicy'] }),
      world.startRun({ title: 'designer', boards: ['jobicy'] }),
    ]);
    await waitFor(
      async () => {
        const [row] = await world.stack.sql`select count(*)::int as waiting from source_sync_waiters`;
        return row?.waiting === 2;
      },
      { what: 'both runs to wait for the sync' },
    );
    await control.waitForRequest(({ host }) => host === hosts.jobicy);
    await world.temporal.workflow.getHandle(searchRunWorkflowId(one)).cancel();
    const cancelled = await world.ended(one);
    control.release();
    return {
      runs: [cancelled, await world.ended(other)],
      histories: { 'search-run-joined': searchRunWorkflowId(other) },
    };
  },

  /** Cancelled before its workflow began: there is nothing to do. */
  async cancelledBeforeBegin(world) {
    await fromTheStart(world);
    const id = await world.acceptRun({ title: 'nurse', boards: ['jobicy'] });
    const { error } = await world.person.client.rpc('request_cancel', { p_run: id });
    if (error) throw error;
    await world.startAccepted(id);
    return { runs: [await world.ended(id)], histories: { 'search-run-not-begun': searchRunWorkflowId(id) } };
  },

  /** Somebody follows a company that its board has, and one that it has not. */
  async companiesFollowed(world) {
    await fromTheStart(world);
    const [known, unknown] = [
      world.unfollowedCompany('greenhouse'),
      { board: 'lever', token: 'nobody-at-all' },
    ];
    for (const company of [known, unknown]) {
      await world.follow(company);
      await world.checked(company);
    }
    return {
      runs: [],
      histories: {
        'company-check-open': companyCheckWorkflowId(known),
        'company-check-not-found': companyCheckWorkflowId(unknown),
      },
    };
  },
} satisfies Record<string, Scenario>;
