import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client';
import type { Browser } from 'playwright-core';
import { boardByName } from '../../activities/boards/registry.js';
import type { BoardName } from '../../domain/board.js';
import type { Behaviour } from '../../local/boards/behaviour.js';
import { createSampleBoards, type SampleBoards, sampleCompanies } from '../../local/boards/index.js';
import { buildWhenChanged } from '../../local/build.js';
import { freePort } from '../../local/services/ports.js';
import { launchBrowser } from '../../local/testing/browser.js';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { waitFor } from '../../local/testing/wait-for.js';
import { boardSyncWorkflowId } from '../../workflows/workflow-ids.js';
import { type Device, type DeviceOptions, openDevice } from './device.js';

/** The hosts of the feed boards. */
const hosts = {
  remotive: 'remotive.com',
  arbeitnow: 'www.arbeitnow.com',
  remoteok: 'remoteok.com',
  jobicy: 'jobicy.com',
} as const;
type FeedBoard = keyof typeof hosts;

/** Companies followed on each company board: more than one, and few enough to be read quickly. */
const followedPerBoard = 2;

interface RunRow {
  status: string;
  jobs_found: number | null;
  jobs_new: number | null;
  started_at: Date | null;
  completed_at: Date | null;
}

/** The whole product as its own processes, with sample boards that do as they are told, and a browser. */
export interface Site {
  url: string;
  stack: TestStack;
  boards: SampleBoards;
  /** A browser with cookies and a clock of its own: another device. */
  device(options?: DeviceOptions): Promise<Device>;
  /** Searches stay queued until it is started again. */
  stopWorker(): Promise<void>;
  startWorker(): Promise<void>;
  stopApi(): Promise<void>;
  /** On the same address as before. */
  startApi(): Promise<void>;
  /** Keeps a feed board waiting when it is asked next; it is asked by the next search. */
  hold(board: FeedBoard): Promise<void>;
  /** Makes a feed board fail when it is asked next; it is asked by the next search. */
  breakBoard(board: FeedBoard, behaviour: Behaviour['behaviour']): Promise<void>;
  /** Waits until a board has been asked and is kept waiting. */
  asked(board: FeedBoard): Promise<void>;
  /** A sample company that this deployment does not follow, on its own board. */
  unfollowedCompany(board: BoardName): { token: string; name: string; address: string };
  run(id: string): Promise<RunRow>;
  runEnded(id: string): Promise<void>;
  /** Every board answers and behaves again, and every search and every reading of a feed board has ended. For between two tests. */
  calm(): Promise<void>;
  /** What went wrong in any page, which should be nothing: errors, hydration warnings, refused scripts. */
  complaints(): string[];
  stop(): Promise<void>;
}

/** For `beforeAll`; `stop` it in `afterAll`. */
export async function startSite(
  apiSettings: Record<string, string> = {},
  workerSettings: Record<string, string> = {},
  webSettings: Record<string, string> = {},
): Promise<Site> {
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const step of undo.reverse().splice(0)) await step();
  };
  try {
    return await start({ apiSettings, workerSettings, webSettings }, undo, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  {
    apiSettings,
    workerSettings,
    webSettings,
  }: Record<'apiSettings' | 'workerSettings' | 'webSettings', Record<string, string>>,
  undo: (() => Promise<unknown>)[],
  stop: () => Promise<void>,
): Promise<Site> {
  await buildWhenChanged();
  const stack = await startTestStack({ temporal: true });
  undo.push(() => stack.stop());
  const boards = createSampleBoards({ seed: 11 });
  await boards.listen(0);
  undo.push(() => boards.close());
  await followCompanies(stack);

  const apiPort = String(await freePort());
  // Mail that the worker sends leads to the site, which is started after it.
  const webPort = String(await freePort());
  const startApi = () =>
    stack.startProcess('api', {
      API_PORT: apiPort,
      REQUESTS_PER_MINUTE: '1000000',
      SIGN_INS_PER_MINUTE: '1000000',
      SIGN_INS_PER_ACCOUNT: '1000000',
      SIGN_IN_LEAST_MS: '0',
      // What takes long on a machine that stands still is not away.
      SUPABASE_TIMEOUT_MS: '60000',
      TEMPORAL_START_TIMEOUT_MS: '30000',
      ...apiSettings,
    });
  const startWorker = () =>
    stack.startProcess('worker', {
      BOARDS_SAMPLE_URL: boards.url,
      // Boards are read once a suite, and again where a test holds or breaks them.
      SAMPLE_FRESH_SECONDS: '86400',
      SAMPLE_REQUESTS_PER_SECOND: '1000',
      BOARD_FAILURE_PAUSE_SECONDS: '0',
      // A board that a test holds answers late, on a slow machine too.
      BOARD_RESPONSE_TIMEOUT_MS: '120000',
      BOARD_TOTAL_TIMEOUT_MS: '600000',
      MANUAL_RUNS_PER_HOUR: '10000',
      SITE_URL: `http://127.0.0.1:${webPort}`,
      ...workerSettings,
    });
  let [api, worker] = await Promise.all([startApi(), startWorker()]);
  const web = await stack.startProcess('web', {
    PORT: webPort,
    API_URL: api.url,
    API_TIMEOUT_MS: '120000',
    ...webSettings,
  });
  const connection = await Connection.connect({ address: stack.temporalAddress });
  undo.push(() => connection.close());
  const temporal = new Client({ connection });
  const browser: Browser = await launchBrowser();
  undo.push(() => browser.close());

  const complaints: string[] = [];
  const forgetFreshness = (board: FeedBoard) => stack.sql`delete from source_syncs where source = ${board}`;
  const isRead = async (board: FeedBoard) => {
    try {
      const sync = await temporal.workflow.getHandle(boardSyncWorkflowId(board)).describe();
      return sync.status.name === 'RUNNING';
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  };
  const run: Site['run'] = async (id) => {
    const [row] = await stack.sql<RunRow[]>`
      select status, jobs_found, jobs_new, started_at, completed_at from search_runs where id = ${id}`;
    if (!row) throw new Error(`there is no run ${id}`);
    return row;
  };
  return {
    url: web.url,
    stack,
    boards,
    device: (options) => openDevice(browser, web.url, complaints, options),
    stopWorker: async () => {
      await worker.stop();
    },
    startWorker: async () => {
      worker = await startWorker();
    },
    stopApi: async () => {
      await api.stop();
    },
    startApi: async () => {
      api = await startApi();
    },
    hold: async (board) => {
      boards.control.hold(hosts[board]);
      await forgetFreshness(board);
    },
    breakBoard: async (board, behaviour) => {
      boards.control.setBehaviour({ host: hosts[board], behaviour });
      await forgetFreshness(board);
    },
    asked: async (board) => {
      const waits = () =>
        boards.control
          .requests()
          .some(({ host, finishedAt }) => host === hosts[board] && finishedAt === null);
      await waitFor(waits, { what: `${board} to be asked` });
    },
    unfollowedCompany,
    run,
    runEnded: async (id) => {
      await waitFor(async () => !['pending', 'running'].includes((await run(id)).status), {
        what: `run ${id} to end`,
      });
    },
    calm: async () => {
      boards.control.release();
      const quiet = async () => {
        const [row] = await stack.sql`
          select count(*)::int as active from search_runs where status in ('pending', 'running')`;
        return row?.active === 0 && boards.control.requests().every(({ finishedAt }) => finishedAt !== null);
      };
      await waitFor(quiet, { what: 'every search to end' });
      // A cancelled search ends before the reading that it gave up, which would make its board fresh behind the next test.
      for (const board of Object.keys(hosts) as FeedBoard[])
        await waitFor(async () => !(await isRead(board)), { what: `the reading of ${board} to end` });
      boards.control.reset();
    },
    complaints: () => complaints.splice(0),
    stop,
  };
}

async function followCompanies({ sql }: TestStack): Promise<void> {
  const companies = ['greenhouse', 'lever', 'ashby'].flatMap((board) =>
    sampleCompanies()
      .filter((company) => company.board === board)
      .slice(0, followedPerBoard),
  );
  await sql`insert into company_boards ${sql(companies, 'board', 'token', 'name')}`;
}

function unfollowedCompany(board: BoardName): { token: string; name: string; address: string } {
  const company = sampleCompanies().filter((each) => each.board === board)[followedPerBoard];
  const { careers } = boardByName(board);
  if (!company || !careers) throw new Error(`every company of ${board} is followed`);
  const { token, name } = company;
  return { token, name, address: `https://${careers.address(token)}` };
}
