import { boards } from '../../activities/boards/registry.js';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { tellAvailability } from '../../worker/availability.js';
import { createServiceClient } from '../../worker/supabase.js';
import type { Run } from '../schemas.js';
import { type ApiClient, expectProblem, startApi } from '../testing/api-client.js';
import { beginRun } from '../testing/runs.js';

let stack: TestStack;
let api: ApiClient;
let asAda: ApiClient;

beforeAll(async () => {
  stack = await startTestStack();
  ({ api } = await startApi(stack));
  asAda = api.as((await stack.createUser()).accessToken);
});
afterAll(() => stack?.stop());
beforeEach(async () => {
  await stack.sql`delete from boards`;
  await stack.sql`delete from search_runs`;
});

/** What a worker with these settings writes when it starts. */
const workerStarts = (settings = {}) =>
  tellAvailability(
    createServiceClient({
      SUPABASE_URL: stack.supabaseUrl,
      SUPABASE_SERVICE_ROLE_KEY: stack.serviceRoleKey,
      SUPABASE_TIMEOUT_MS: 10_000,
    }),
    settings,
  );

const availabilities = async (): Promise<Record<string, string>> => {
  const { status, body } = await api.get('/boards');
  expect(status).toBe(200);
  return Object.fromEntries(
    body.items.map((board: { name: string; availability: string }) => [board.name, board.availability]),
  );
};
const withoutSettings = boards.filter(({ needs }) => !needs).map(({ name }) => name);

test('everybody is told which boards can be asked, as the worker wrote it', async () => {
  await workerStarts({ REED_API_KEY: 'a-key' });
  expect(await availabilities()).toMatchObject({
    remotive: 'ready',
    greenhouse: 'ready',
    reed: 'ready',
    adzuna: 'needs_key',
    usajobs: 'needs_key',
    indeed: 'off',
  });
  await workerStarts({ USAJOBS_API_KEY: 'a-key', USAJOBS_EMAIL: 'who@example.com' });
  expect(await availabilities()).toMatchObject({ reed: 'needs_key', usajobs: 'ready' });
});

test('before a worker ever started, boards are as without any key', async () => {
  const told = await availabilities();
  expect(Object.keys(told)).toEqual(boards.map(({ name }) => name));
  expect(told).toMatchObject({ remotive: 'ready', reed: 'needs_key', indeed: 'off' });
});

test('what is stored of a board that is gone is nobody’s concern', async () => {
  await stack.sql`insert into boards (board, availability) values ('gone', 'ready')`;
  expect(await availabilities()).not.toHaveProperty('gone');
});

test('a search that names no boards, saved or not, is over all that can be asked', async () => {
  await workerStarts({ REED_API_KEY: 'a-key' });
  const ready = [...withoutSettings, 'reed'];
  const { body } = await asAda.post('/runs', { parameters: { title: 'baker' } });
  expect(body.run.parameters.boards).toEqual(ready);
  const saved = await asAda.post('/saved-searches', { name: 'Baking', parameters: { title: 'baker' } });
  expect(saved.body.parameters.boards).toEqual(ready);
});

test('a board that cannot be asked is skipped, and the run says why', async () => {
  const asked = { title: 'baker', boards: ['remotive', 'reed', 'indeed'] };
  const { status, body } = await asAda.post('/runs', { parameters: asked });
  expect(status).toBe(202);
  const noKey = { kind: 'query' as const, freshSeconds: 60, availability: 'needs_key' };
  await beginRun(stack.sql, body.run.id, { reed: noKey, indeed: { ...noKey, availability: 'off' } });
  const run: Run = (await asAda.get(`/runs/${body.run.id}`)).body;
  expect(run.boards.map(({ board, state, skipped }) => [board, state, skipped])).toEqual([
    ['remotive', expect.not.stringMatching('skipped'), null],
    ['indeed', 'skipped', 'off'],
    ['reed', 'skipped', 'needs_key'],
  ]);
});

test('a search of which no board can be asked is refused, and says what is missing', async () => {
  const detail =
    'None of these boards can be searched here: Adzuna needs a key (ADZUNA_APP_ID and ADZUNA_APP_KEY); Indeed is off (JOBSPY_URL)';
  const parameters = { title: 'baker', boards: ['adzuna', 'indeed'] };
  const saved = await asAda.post('/saved-searches', { name: 'Baking', parameters });
  expect(saved.status).toBe(201);
  for (const asked of [{ parameters }, { savedSearchId: saved.body.id }]) {
    const answer = await asAda.post('/runs', asked);
    expectProblem(answer, 'invalid-request');
    expect(answer.body).toMatchObject({
      detail: `${detail}.`,
      errors: [{ pointer: '/parameters/boards', detail }],
    });
  }
  await workerStarts({ JOBSPY_URL: 'http://127.0.0.1:3005' });
  expect((await asAda.post('/runs', { savedSearchId: saved.body.id })).status).toBe(202);
});
