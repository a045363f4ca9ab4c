import { Client, Connection } from '@temporalio/client';
import type { Company } from '../../activities/check-company.js';
import type { BoardName } from '../../domain/board.js';
import { createSampleBoards, type SampleBoards, sampleCompanies } from '../../local/boards/index.js';
import {
  startTestStack,
  type TestProgram,
  type TestStack,
  type TestUser,
} from '../../local/testing/stack.js';
import { waitFor } from '../../local/testing/wait-for.js';
import { companyCheckStartOptions, searchRunStartOptions } from '../start-options.js';
import { companyCheckWorkflowId, searchRunWorkflowId } from '../workflow-ids.js';

export interface RunRow {
  id: string;
  status: string;
  jobs_found: number | null;
  jobs_new: number | null;
  error_class: string | null;
  error_message: string | null;
  boards: {
    board: string;
    state: string;
    found: number;
    page: number;
    skipped_because: string | null;
    error_class: string | null;
    error_message: string | null;
  }[];
}

export interface CompanyRow {
  name: string;
  state: string;
  error_class: string | null;
  error_message: string | null;
  /** Of its source. */
  postings_read: number | null;
}

/** Everything that workflows run against, real: Postgres, PostgREST, Temporal, the worker, the sample boards. */
export interface World {
  stack: TestStack;
  boards: SampleBoards;
  temporal: Client;
  worker: TestProgram;
  /** Another worker with the same settings but for these. */
  startWorker(settings?: Record<string, string>): Promise<TestProgram>;
  person: TestUser;
  /** Accepts a run as the API does and starts its workflow. */
  startRun(parameters: { title?: string; boards: string[] }, person?: TestUser): Promise<string>;
  /** Accepts a run and does not start it, as when the API dies in between. */
  acceptRun(parameters: { title?: string; boards: string[] }, person?: TestUser): Promise<string>;
  startAccepted(id: string, person?: TestUser): Promise<void>;
  run(id: string): Promise<RunRow>;
  finished(id: string): Promise<RunRow>;
  /** Waits for the end of the run's workflow too. */
  ended(id: string): Promise<RunRow>;
  /** Follows so many of a board's sample companies, and no others. */
  followCompanies(board: BoardName, howMany: number): Promise<void>;
  /** A sample company of the board that `followCompanies` left out. */
  unfollowedCompany(board: BoardName): Company;
  /** Follows a company as the API does; `start` leaves its check to the reconciler when it is false. */
  follow(company: Company, person?: TestUser, start?: boolean): Promise<void>;
  /** Waits for the end of the company's check and, when its board has it, of its first sync. */
  checked(company: Company): Promise<CompanyRow>;
  /** Every source has to be read again. */
  forgetFreshness(): Promise<void>;
  stop(): Promise<void>;
}

/** Companies followed in this world: enough to have several on a board, few enough to read quickly. */
const followedPerBoard = 3;

/**
 * @param settings of the worker.
 * @param temporalAddress a server of the caller's own, to be killed and started again, say.
 */
export async function startWorld(
  settings: Record<string, string> = {},
  temporalAddress?: string,
): Promise<World> {
  const stack = await startTestStack({ temporal: temporalAddress === undefined });
  if (temporalAddress !== undefined) stack.env.TEMPORAL_ADDRESS = temporalAddress;
  const undo: (() => Promise<unknown>)[] = [() => stack.stop()];
  const stop = async () => {
    for (const step of undo.reverse().splice(0)) await step();
  };
  try {
    // Every three minutes jobs come and go: what is read twice in a test is the same unless that puts the clock forward.
    const now = Date.now();
    const boards = createSampleBoards({ seed: 7, clock: () => now });
    await boards.listen(0);
    undo.push(() => boards.close());

    const connection = await Connection.connect({ address: temporalAddress ?? stack.temporalAddress });
    undo.push(() => connection.close());
    const temporal = new Client({ connection });
    const startWorker = (other: Record<string, string> = {}) =>
      stack.startProcess('worker', { ...workerSettings, ...other });
    const workerSettings = {
      BOARDS_SAMPLE_URL: boards.url,
      BOARD_FAILURE_PAUSE_SECONDS: '0',
      // A board that a test holds is waited for, however long the test takes meanwhile.
      BOARD_RESPONSE_TIMEOUT_MS: '120000',
      BOARD_TOTAL_TIMEOUT_MS: '600000',
      SAMPLE_FRESH_SECONDS: '3600',
      SAMPLE_REQUESTS_PER_SECOND: '100',
      ACTIVE_RUNS_PER_USER: '100',
      MANUAL_RUNS_PER_HOUR: '10000',
      // Ticks of days long ago are ticks like others.
      TICK_RETENTION_DAYS: '3650',
      ...settings,
    };
    const worker = await startWorker();
    const world = { stack, boards, temporal, worker, startWorker, person: await stack.createUser(), stop };
    const whole = { ...world, ...runsOf(world) };
    for (const board of ['greenhouse', 'lever', 'ashby'] as const) {
      await whole.followCompanies(board, followedPerBoard);
    }
    return whole;
  } catch (error) {
    await stop();
    throw error;
  }
}

type RunsOf = Pick<
  World,
  | 'startRun'
  | 'acceptRun'
  | 'startAccepted'
  | 'run'
  | 'finished'
  | 'ended'
  | 'followCompanies'
  | 'unfollowedCompany'
  | 'follow'
  | 'checked'
  | 'forgetFreshness'
>;

function runsOf({ stack, temporal, person: somebody }: Pick<World, 'stack' | 'temporal' | 'person'>): RunsOf {
  const acceptRun: World['acceptRun'] = async ({ title = 'engineer', boards }, person = somebody) => {
    const { data, error } = await person.client.rpc('create_search_run', { p_parameters: { title, boards } });
    if (error) throw error;
    return data.id;
  };
  const startAccepted: World['startAccepted'] = async (id, person = somebody) => {
    const { boards } = await run(id);
    await temporal.workflow.start(
      'searchRun',
      searchRunStartOptions({
        id,
        userId: person.id,
        source: 'manual',
        savedSearchId: null,
        boards: boards.length,
      }),
    );
  };
  const run: World['run'] = async (id) => {
    const [row] = await stack.sql<RunRow[]>`
      select r.id, r.status, r.jobs_found, r.jobs_new, r.error_class, r.error_message,
        (select json_agg(b order by b.board) from search_run_boards b where b.run_id = r.id) as boards
      from search_runs r where r.id = ${id}`;
    if (!row) throw new Error(`there is no run ${id}`);
    return row;
  };
  const finished: World['finished'] = (id) =>
    waitFor(
      async () => {
        const row = await run(id);
        return !['pending', 'running'].includes(row.status) && row;
      },
      { what: `run ${id} to finish` },
    );
  return {
    acceptRun,
    startAccepted,
    async startRun(parameters, person = somebody) {
      const id = await acceptRun(parameters, person);
      await startAccepted(id, person);
      return id;
    },
    run,
    finished,
    async ended(id) {
      const row = await finished(id);
      await temporal.workflow
        .getHandle(searchRunWorkflowId(id))
        .result()
        .catch(() => undefined);
      return row;
    },
    async followCompanies(board, howMany) {
      const companies = sampleCompanies()
        .filter((company) => company.board === board)
        .slice(0, howMany);
      await stack.sql`delete from company_boards where board = ${board}`;
      await stack.sql`insert into company_boards ${stack.sql(companies, 'board', 'token', 'name')}`;
    },
    unfollowedCompany(board) {
      const company = sampleCompanies().filter((each) => each.board === board)[followedPerBoard];
      if (!company) throw new Error(`every company of ${board} is followed`);
      return { board, token: company.token };
    },
    async follow(company, person = somebody, start = true) {
      const { board, token } = company;
      const { error } = await person.client.rpc('follow_company', { p_board: board, p_token: token });
      if (error) throw error;
      if (start) await temporal.workflow.start('companyCheck', companyCheckStartOptions(company));
    },
    async checked(company) {
      const row = await waitFor(
        async () => {
          const [checked] = await stack.sql<CompanyRow[]>`
            select c.name, c.state, c.error_class, c.error_message, s.postings_read
            from company_boards c left join source_syncs s on s.source = c.board || '/' || c.token
            where c.board = ${company.board} and c.token = ${company.token} and c.state <> 'checking'
              and (c.state <> 'open' or s.synced_at is not null)`;
          return checked;
        },
        { what: `${company.token} to be checked` },
      );
      await temporal.workflow.getHandle(companyCheckWorkflowId(company)).result();
      return row;
    },
    async forgetFreshness() {
      await stack.sql`delete from source_syncs`;
    },
  };
}
