import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { startApi } from '../../api/testing/api-client.js';
import { type EventStream, openEvents } from '../../api/testing/event-stream.js';
import { findPostgrest } from '../../local/services/postgrest.js';
import type { TestProgram } from '../../local/testing/stack.js';
import { startTestServer } from '../../local/testing/start-test-server.js';
import { waitFor } from '../../local/testing/wait-for.js';
import { hosts } from '../../workflows/testing/scenarios.js';
import { startWorld, type World } from '../../workflows/testing/world.js';

/**
 * How the database's own password is changed: docs/SECURITY.md, "Secrets". On a Postgres of this suite's own: the other
 * suites are its owner too.
 */
let server: Awaited<ReturnType<typeof startTestServer>>;
let world: World;
let api: Awaited<ReturnType<typeof startApi>>;
/** Connected by the password that is good now. */
let owner: postgres.Sql;
let passwordBefore: string;

beforeAll(async () => {
  server = await startTestServer();
  world = await startWorld();
  api = await startApi(world.stack);
  passwordBefore = decodeURIComponent(new URL(world.stack.databaseUrl).password);
});
afterAll(async () => {
  // The stack takes its database away by the password that it knows.
  await owner?.unsafe(`alter role postgres password '${passwordBefore}'`);
  await owner?.end({ timeout: 2 });
  await world?.stop();
  await server?.stop();
});

function connect(password: string): postgres.Sql {
  const url = new URL(world.stack.databaseUrl);
  url.password = password;
  return postgres(url.href, { max: 1, onnotice: () => undefined });
}

/** Resets the password as an operator does, and cuts whoever is connected by the one before. */
async function changePassword(): Promise<void> {
  const password = randomBytes(24).toString('hex');
  await world.stack.sql.unsafe(`alter role postgres password '${password}'`);
  owner = connect(password);
  await owner`
    select pg_terminate_backend(pid) from pg_stat_activity where usename = 'postgres' and pid <> pg_backend_pid()`;
  const late = connect(passwordBefore);
  await expect(late`select 1`).rejects.toMatchObject({ code: '28P01' });
  await late.end();
}

const heard = ({ events }: EventStream, run: string, status: string) =>
  waitFor(() => events.some(({ data }) => data.id === run && data.status === status), {
    what: `${status} to be heard`,
  });

const complaints = (program: TestProgram) =>
  program
    .output()
    .split('\n')
    .filter((line) => /"level":[4-6]0/.test(line));

async function newcomer(): Promise<{ email: string; password: string }> {
  const account = {
    email: `ann-${randomBytes(4).toString('hex')}@example.com`,
    password: 'correct horse battery',
  };
  expect((await api.api.post('/auth/sign-up', account)).status).toBeLessThan(300);
  return account;
}

// Where there is no PostgREST, Supabase Lite serves the data, as the owner.
(findPostgrest() ? test : test.skip)(
  "the owner's password changes while a search is under way, and neither API, worker nor a live page notices",
  async () => {
    const { boards, person, worker } = world;
    const ada = api.api.as(person.accessToken);
    const watched = await openEvents(ada, '/events');
    const search = async (title: string): Promise<string> =>
      (await ada.post('/runs', { parameters: { title, boards: ['arbeitnow'] } })).body.run.id;
    boards.control.hold(hosts.arbeitnow);
    const underWay = await search('engineer');
    await boards.control.waitForRequest(({ host }) => host === hosts.arbeitnow);

    const before = [api.program, worker].map(complaints);
    await changePassword();
    boards.control.release();
    await heard(watched, underWay, 'success');
    expect((await ada.get(`/runs/${underWay}`)).body.found).toBeGreaterThan(0);
    await heard(watched, await search('baker'), 'success');

    const { email, password } = await newcomer();
    const signedIn = await ada.post('/auth/sign-in', { email, password });
    expect(signedIn.status).toBe(200);
    expect(watched.ended()).toBe(false);
    for (const { url } of [api.program, worker]) expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect([api.program, worker].map(complaints)).toEqual(before);
    // Who is connected to the product's database: nobody as the owner but this suite.
    const roles = await owner<{ usename: string }[]>`
      select distinct usename from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and usename is not null order by usename`;
    expect(roles.map(({ usename }) => usename)).toEqual([
      'authenticator',
      'run_listener',
      'supabase_auth_admin',
    ]);
    watched.close();
  },
);
