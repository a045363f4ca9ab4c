import { startTestStack, type TestStack, type TestUser } from '../local/testing/stack.js';
import { waitFor } from '../local/testing/wait-for.js';
import { ApiClient, expectProblem, startApi } from './testing/api-client.js';
import { type EventStream, openEvents } from './testing/event-stream.js';
import { openUnread } from './testing/raw-stream.js';
import { beginRun, createRun } from './testing/runs.js';

let stack: TestStack;
beforeAll(async () => {
  stack = await startTestStack();
});
afterAll(() => stack?.stop());

describe('a client that does not read', () => {
  /** More in an event than a connection takes unread. */
  const manyBytes = 16 * 2 ** 20;

  /** @returns the run's revision after it. */
  const change = async (run: string, error: string) => {
    const [row] = await stack.sql<{ revision: string }[]>`
      update search_runs set error_class = 'workflow_failed', error_message = ${error} where id = ${run} returning revision`;
    return Number(row?.revision);
  };

  test('is dropped when it has left an event unread for the time set; the others hear on', async () => {
    const { api, program } = await startApi(stack, { STREAM_STALL_SECONDS: '1', STREAMS_PER_USER: '1' });
    const [ada, bob] = await Promise.all([stack.createUser(), stack.createUser()]);
    const [asAda, asBob] = [api.as(ada.accessToken), api.as(bob.accessToken)];
    const [hers, his] = [await createRun(asAda, 'baker'), await createRun(asBob, 'welder')];
    const bobs = await openEvents(asBob, `/runs/${his.id}/events`);
    await bobs.next('the state now');

    const unread = await openUnread(asAda, '/events');
    await change(hers.id, 'x'.repeat(manyBytes));
    await beginRun(stack.sql, his.id);
    expect((await bobs.next('his own change')).data.status).toBe('running');

    const again = await waitFor(() => openEvents(asAda, '/events'), { what: 'her place to be free again' });
    expect(program.output()).toContain('live stream dropped: not read');
    expect(bobs.ended()).toBe(false);
    for (const stream of [again, bobs, unread]) stream.close();
  });

  test('is told the last of many changes, and none of the others is kept for it', async () => {
    const { api } = await startApi(stack, { STREAM_STALL_SECONDS: '3600' });
    const ada = await stack.createUser();
    const asAda = api.as(ada.accessToken);
    const run = await createRun(asAda, 'baker');
    const unread = await openUnread(asAda, `/runs/${run.id}/events`);
    const other = await openEvents(asAda, `/runs/${run.id}/events`);
    await other.next('the state now');

    const changes = 20;
    let revision = 0;
    for (let n = 0; n < changes; n += 1) {
      revision = await change(run.id, String(n).repeat(manyBytes / 16));
      await waitFor(() => other.events.at(-1)?.data.revision === revision, { what: 'another to be told' });
    }
    const text = unread.read();
    await waitFor(() => text().includes(`id: ${revision}\n`), { what: 'the last change' });
    expect(text().match(/^event: run$/gm)?.length).toBeLessThan(changes);
    other.close();
    unread.close();
  });
});

describe('signing out', () => {
  const signIn = async (api: ApiClient, { email, password }: TestUser) => {
    const answer = await api.post('/auth/sign-in', { email, password });
    return api.as(answer.body.accessToken);
  };

  test("ends the session's streams in every API process, and no other's", async () => {
    const [one, two] = await Promise.all([startApi(stack), startApi(stack)]);
    const [ada, bob] = await Promise.all([stack.createUser(), stack.createUser()]);
    const here = await signIn(one.api, ada);
    const elsewhere = await signIn(one.api, ada);
    const run = await createRun(here, 'baker');
    const open = (api: ApiClient, as: ApiClient, path = '/events') =>
      openEvents(new ApiClient(api.url, as.token), path);
    const ending = [
      await open(one.api, here),
      await open(one.api, here, `/runs/${run.id}/events`),
      await open(two.api, here),
      await open(two.api, here, `/runs/${run.id}/events`),
    ];
    const staying = [await open(one.api, elsewhere), await open(two.api, elsewhere)];
    const bobs = await open(one.api, one.api.as(bob.accessToken));
    const told = (streams: EventStream[], status: string) =>
      waitFor(() => streams.every(({ events }) => events.some(({ data }) => data.status === status)), {
        what: `${status} to be told`,
      });
    await told([...ending, ...staying], 'pending');

    expect((await here.post('/auth/sign-out')).status).toBe(204);
    await Promise.all(ending.map((stream) => stream.untilEnded()));
    await beginRun(stack.sql, run.id);
    await told(staying, 'running');
    expect([...staying, bobs].map((stream) => stream.ended())).toEqual([false, false, false]);
    // The token itself cannot be called back; it ends within the hour.
    expect((await here.get('/me')).status).toBe(200);
    for (const stream of [...staying, bobs]) stream.close();
  });

  test('of a renewed token ends the streams that were opened with the one before', async () => {
    const { api } = await startApi(stack);
    const { email, password } = await stack.createUser();
    const first = (await api.post('/auth/sign-in', { email, password })).body;
    const stream = await openEvents(api.as(first.accessToken), '/events');
    const renewed = (await api.post('/auth/refresh', { refreshToken: first.refreshToken })).body;
    await api.as(renewed.accessToken).post('/auth/sign-out');
    await stream.untilEnded();
  });
});

test('streams of one process are limited', async () => {
  const { api } = await startApi(stack, { STREAMS_PER_PROCESS: '2' });
  const people = await Promise.all([1, 2, 3].map(() => stack.createUser()));
  const [asAda, asBob, asEve] = people.map(({ accessToken }) => api.as(accessToken)) as [
    ApiClient,
    ApiClient,
    ApiClient,
  ];
  const streams = await Promise.all([openEvents(asAda, '/events'), openEvents(asBob, '/events')]);
  const refused = await asEve.get('/events', { headers: { accept: 'text/event-stream' } });
  expectProblem(refused, 'service-unavailable');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  streams[0]?.close();
  const next = await waitFor(() => openEvents(asEve, '/events'), { what: 'a place' });
  for (const stream of [...streams, next]) stream.close();
});
