import { randomBytes } from 'node:crypto';
import { startTestStack, type TestStack } from '../local/testing/stack.js';
import { waitFor } from '../local/testing/wait-for.js';
import { ApiClient, startApi } from './testing/api-client.js';
import { type EventStream, openEvents } from './testing/event-stream.js';
import { beginRun, createRun } from './testing/runs.js';

/** How the password in `DATABASE_URL` is changed: docs/SECURITY.md, "Secrets". Roles are the server's: these are this suite's own. */
const roles = ['first', 'second'].map((which) => `listener_${which}_${randomBytes(4).toString('hex')}`);
const [first = '', second = ''] = roles;

let stack: TestStack;
beforeAll(async () => {
  stack = await startTestStack();
});
afterAll(async () => {
  for (const role of roles) await stack?.sql.unsafe(`drop role if exists ${role}`);
  await stack?.stop();
});

/** As docs/DEPLOYMENT.md has it. @returns what `DATABASE_URL` is to be. */
async function createRole(name: string): Promise<string> {
  const password = randomBytes(16).toString('hex');
  await stack.sql.unsafe(`create role ${name} login noinherit connection limit 100 password '${password}'`);
  const url = new URL(stack.databaseUrl);
  url.username = name;
  url.password = password;
  return url.href;
}
const heard = ({ events }: EventStream, status: string) =>
  waitFor(() => events.some(({ data }) => data.status === status), { what: `${status} to be heard` });

test('another role with another password takes over, and no change is lost to those who watch', async () => {
  const before = await startApi(stack, { DATABASE_URL: await createRole(first) });
  const ada = before.api.as((await stack.createUser()).accessToken);
  const run = await createRun(ada, 'baker');
  const watched = await openEvents(ada, '/events');
  await heard(watched, 'pending');

  const after = await startApi(stack, { DATABASE_URL: await createRole(second) });
  before.program.kill('SIGTERM');
  await watched.untilEnded();
  await beginRun(stack.sql, run.id);
  const asAda = new ApiClient(after.api.url, ada.token);
  const again = await openEvents(asAda, '/events');
  await heard(again, 'running');
  expect(await before.program.waitForExit()).toMatchObject({ code: 0 });
  await stack.sql.unsafe(`drop role ${first}`);

  const welder = await createRun(asAda, 'welder');
  await waitFor(() => again.events.some(({ data }) => data.id === welder.id), {
    what: 'a new run to be heard',
  });
  again.close();
});

test('a process that keeps a password that was changed hears on, and says that it is not ready once it has to connect again', async () => {
  const { api, program } = await startApi(stack, { DATABASE_URL: await createRole(first) });
  const asAda = api.as((await stack.createUser()).accessToken);
  const run = await createRun(asAda, 'baker');
  const watched = await openEvents(asAda, '/events');
  await stack.sql.unsafe(`alter role ${first} password 'another one'`);
  await beginRun(stack.sql, run.id);
  await heard(watched, 'running');
  expect((await api.get('/readyz')).status).toBe(200);

  await stack.sql`select pg_terminate_backend(pid) from pg_stat_activity where usename = ${first}`;
  await waitFor(async () => (await api.get('/readyz')).status === 503, { what: 'it to be unready' });
  expect(program.output()).not.toContain('another one');
  watched.close();
});
