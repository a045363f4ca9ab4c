import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { waitFor } from '../../local/testing/wait-for.js';
import { type ApiClient, expectProblem, startApi } from '../testing/api-client.js';
import { type EventStream, openEvents } from '../testing/event-stream.js';
import { beginRun, createRun, endRun, finishBoard } from '../testing/runs.js';

const streamsPerUser = 4;
let stack: TestStack;
let api: ApiClient;
let asAda: ApiClient;
let asBob: ApiClient;
let open: EventStream[] = [];

beforeAll(async () => {
  stack = await startTestStack();
  ({ api } = await startApi(stack, {
    STREAM_HEARTBEAT_SECONDS: '1',
    STREAMS_PER_USER: String(streamsPerUser),
    // A machine that stands still is no lost connection, after which everybody is told to read again.
    LISTEN_SILENCE_SECONDS: '600',
  }));
});
afterAll(() => stack?.stop());
// New people for each test: streams of the one before, still being closed, do not count for them.
beforeEach(async () => {
  const people = await Promise.all([stack.createUser(), stack.createUser()]);
  [asAda, asBob] = people.map(({ accessToken }) => api.as(accessToken)) as [ApiClient, ApiClient];
});
afterEach(() => {
  for (const stream of open) stream.close();
  open = [];
});

const follow = async (client: ApiClient, path: string, headers?: Record<string, string>) => {
  const stream = await openEvents(client, path, headers);
  open.push(stream);
  return stream;
};

/** Waits until the API holds none of the person's streams any more: as many as allowed can be opened at once. */
async function forgotten(client: ApiClient): Promise<void> {
  await waitFor(
    async () => {
      const streams = await Promise.allSettled(
        Array.from({ length: streamsPerUser }, () => openEvents(client, '/events')),
      );
      for (const stream of streams) if (stream.status === 'fulfilled') stream.value.close();
      return streams.every(({ status }) => status === 'fulfilled');
    },
    { what: 'the API to forget the streams' },
  );
}

describe('one run, live', () => {
  test('begins with the run as it is, tells each change, and ends with the run', async () => {
    const run = await createRun(asAda, 'baker');
    const stream = await follow(asAda, `/runs/${run.id}/events`);
    expect(stream.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(stream.headers.get('cache-control')).toMatch(/no-cache|no-store/);

    const first = await stream.next('the state now');
    expect(first).toEqual({
      id: '0',
      event: 'run',
      data: { ...run, serverTime: expect.any(String) },
      receivedAt: expect.any(Number),
    });

    await stack.sql`update search_runs set status = 'running' where id = ${run.id}`;
    const started = await stream.next('the start');
    expect(started).toMatchObject({ id: '1', data: { status: 'running', revision: 1 } });

    await stack.sql`update search_run_boards set state = 'running', page = 1 where run_id = ${run.id}`;
    expect(await stream.next("a board's progress")).toMatchObject({
      id: '2',
      data: { boards: [{ state: 'running', page: 1 }] },
    });

    await finishBoard(stack.sql, run.id, 'remotive');
    const matched = await stream.next("the board's end");
    expect(matched.data.boards[0]).toMatchObject({ state: 'success' });

    await endRun(stack.sql, run.id);
    await stream.untilEnded();
    const last = stream.events.at(-1);
    expect(last?.data).toMatchObject({ status: 'success', completedAt: expect.any(String) });
    for (const { id, data } of stream.events) expect(id).toBe(String(data.revision));
    const revisions = stream.events.map(({ data }) => data.revision);
    expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b));
  });

  test('that has ended is told once, and the stream ends, also to whoever has seen it', async () => {
    const run = await createRun(asAda, 'baker');
    await endRun(stack.sql, run.id, 'cancelled');
    const { revision } = (await asAda.get(`/runs/${run.id}`)).body;
    const seen: Record<string, string>[] = [{}, { 'last-event-id': String(revision) }];
    for (const headers of seen) {
      const stream = await follow(asAda, `/runs/${run.id}/events`, headers);
      await stream.untilEnded();
      expect(stream.events).toMatchObject([{ id: String(revision), data: { status: 'cancelled' } }]);
    }
  });

  test('says nothing until the next change to whoever has seen the last one', async () => {
    const run = await createRun(asAda, 'baker');
    await beginRun(stack.sql, run.id);
    const { revision } = (await asAda.get(`/runs/${run.id}`)).body;
    const stream = await follow(asAda, `/runs/${run.id}/events`, { 'last-event-id': String(revision) });
    await waitFor(() => stream.heartbeats.length > 0, { what: 'a heartbeat' });
    expect(stream.events).toEqual([]);
    await asAda.post(`/runs/${run.id}/cancel`);
    const next = await stream.next('the change');
    expect(next.data).toMatchObject({ revision: revision + 1, cancelRequestedAt: expect.any(String) });
  });

  test('tells whoever has seen an older state what it is now', async () => {
    const run = await createRun(asAda, 'baker');
    await beginRun(stack.sql, run.id);
    const stream = await follow(asAda, `/runs/${run.id}/events`, { 'last-event-id': '0' });
    expect((await stream.next('the state now')).data.status).toBe('running');
  });

  test('is not woken by other runs', async () => {
    const run = await createRun(asAda, 'baker');
    const other = await createRun(asAda, 'welder');
    const stream = await follow(asAda, `/runs/${run.id}/events`);
    await stream.next('the state now');
    await beginRun(stack.sql, other.id);
    await endRun(stack.sql, other.id);
    await beginRun(stack.sql, run.id);
    expect((await stream.next('its own change')).data.id).toBe(run.id);
    expect(stream.events.map(({ data }) => data.id)).not.toContain(other.id);
  });
});

describe('all runs of the person, live', () => {
  test("begins with the active ones, tells each change of any, and nothing of anybody else's", async () => {
    const ended = await createRun(asAda, 'ended');
    await endRun(stack.sql, ended.id);
    const bobsStream = await follow(asBob, '/events');
    await waitFor(() => bobsStream.heartbeats.length > 0, { what: 'Bob to be told how things are' });
    const active = await createRun(asAda, 'active');
    const bobs = await createRun(asBob, 'private');
    // The API has heard of what came before, too: Ada's stream is woken by what comes after it is open alone.
    await bobsStream.next('his run');
    const stream = await follow(asAda, '/events');
    expect((await stream.next('the active run')).data.id).toBe(active.id);

    await beginRun(stack.sql, bobs.id);
    await waitFor(() => bobsStream.events.some(({ data }) => data.status !== 'pending'), {
      what: "Bob's change",
    });
    const made = await createRun(asAda, 'made meanwhile');
    const told = await stream.next('the new run');
    expect(told).toMatchObject({ id: String(told.data.revision), data: { id: made.id, status: 'pending' } });

    await endRun(stack.sql, active.id, 'cancelled');
    expect((await stream.next('the end of one')).data).toMatchObject({ id: active.id, status: 'cancelled' });
    await beginRun(stack.sql, made.id);
    await stream.next('the start of the other');
    expect(stream.ended()).toBe(false);

    const seen = (of: EventStream) => new Set(of.events.map(({ data }) => data.id));
    expect(seen(stream)).toEqual(new Set([active.id, made.id]));
    expect(seen(bobsStream)).toEqual(new Set([bobs.id]));
  });

  test('tells that what the person hides has changed, and nobody else of it', async () => {
    const stream = await follow(asAda, '/events');
    const bobsStream = await follow(asBob, '/events');
    await waitFor(() => stream.heartbeats.length > 0 && bobsStream.heartbeats.length > 0, {
      what: 'both to be told how things are',
    });
    const { body: term } = await asAda.request('PUT', '/hidden-terms', {
      body: { kind: 'word', text: 'senior' },
    });
    expect(await stream.next('that it was hidden')).toMatchObject({ event: 'marks', data: {} });
    await asAda.request('DELETE', `/hidden-terms/${term.id}`);
    expect(await stream.next('that it was taken back')).toMatchObject({ event: 'marks' });
    const run = await createRun(asBob, 'welder');
    expect((await bobsStream.next('a run of his own')).data.id).toBe(run.id);
  });

  test('begins with what was marked a moment before: after the page was read, and before it could be told', async () => {
    const { body: term } = await asAda.request('PUT', '/hidden-terms', {
      body: { kind: 'word', text: 'junior' },
    });
    const stream = await follow(asAda, '/events');
    const bobsStream = await follow(asBob, '/events');
    expect(await stream.next('that something was hidden')).toMatchObject({ event: 'marks' });
    await waitFor(() => bobsStream.heartbeats.length > 0, { what: 'Bob to be told how things are' });
    expect(bobsStream.events.filter(({ event }) => event === 'marks')).toEqual([]);
    await asAda.request('DELETE', `/hidden-terms/${term.id}`);
  });

  test('is open, and keeps beating, while there is nothing to tell', async () => {
    const stream = await follow(asAda, '/events');
    await waitFor(() => stream.heartbeats.length >= 2, { what: 'two heartbeats' });
    expect(stream.heartbeats[0]).toEqual({ everySeconds: 1 });
    expect(stream.events).toEqual([]);
  });
});

describe('what is no stream', () => {
  test.each(['/events', '/runs/:id/events'])('%s answers 406 to who wants another form', async (path) => {
    const { id } = await createRun(asAda, 'baker');
    for (const accept of ['application/json', 'text/html']) {
      const answer = await asAda.get(path.replace(':id', id), { headers: { accept } });
      expectProblem(answer, 'not-acceptable');
    }
  });

  test.each(['*/*', 'text/*', 'application/json, text/event-stream;q=0.9'])(
    '"%s" takes a stream',
    async (accept) => {
      await follow(asAda, '/events', { accept });
    },
  );
});

describe('streams of one person', () => {
  test('are limited, also when all are opened at once; others are not concerned', async () => {
    const run = await createRun(asAda, 'baker');
    const asked = await Promise.allSettled(
      Array.from({ length: streamsPerUser * 3 }, (_, n) =>
        follow(asAda, n % 2 ? '/events' : `/runs/${run.id}/events`),
      ),
    );
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(streamsPerUser);
    const refused = await asAda.get('/events', { headers: { accept: 'text/event-stream' } });
    expectProblem(refused, 'rate-limited');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    await follow(asBob, '/events');
  });

  test('are forgotten when the client goes', async () => {
    for (let n = 0; n < streamsPerUser; n += 1) await follow(asAda, '/events');
    for (const stream of open) stream.close();
    await forgotten(asAda);
  });

  test('are forgotten when the run has ended', async () => {
    const run = await createRun(asAda, 'baker');
    await endRun(stack.sql, run.id);
    for (let n = 0; n < streamsPerUser + 1; n += 1) {
      await (await follow(asAda, `/runs/${run.id}/events`)).untilEnded();
    }
  });
});
