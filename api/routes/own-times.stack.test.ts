import { serviceSchedules, weekdays } from '../../domain/schedule.js';
import { nextTimes } from '../../domain/schedule-times.js';
import { startTestStack, type TestStack, type TestUser } from '../../local/testing/stack.js';
import {
  type Answer,
  type ApiClient,
  expectProblem,
  expectWrongField,
  startApi,
} from '../testing/api-client.js';

let stack: TestStack;
let ada: TestUser;
let asNobody: ApiClient;
let asAda: ApiClient;

beforeAll(async () => {
  stack = await startTestStack();
  const { api } = await startApi(stack);
  ada = await stack.createUser();
  asNobody = api;
  asAda = api.as(ada.accessToken);
});
afterAll(() => stack?.stop());
beforeEach(async () => {
  await stack.sql`delete from saved_searches`;
  await stack.sql`update profiles set quiet_from = null, quiet_to = null, time_zone = 'Europe/London', digest = 'each_tick'`;
});

const body = { name: 'Baking', parameters: { title: 'baker', boards: ['lever'] } };
const own = { kind: 'own', times: ['20:30', '08:00'], days: [5, 1], timeZone: 'Asia/Kolkata' };
const save = (more: object = {}): Promise<Answer> => asAda.post('/saved-searches', { ...body, ...more });
const patch = (id: string, changes: unknown) =>
  asAda.request('PATCH', `/saved-searches/${id}`, { body: changes });
const settings = {
  timeZone: 'Asia/Kolkata',
  quietHours: { from: '20:00', to: '09:00' },
  digest: 'daily',
  digestAt: '10:00',
};
const putSettings = (changes: object = {}) =>
  asAda.request('PUT', '/me/settings', { body: { ...settings, ...changes } });

/** The next of a timetable, as it was when the request began or, at the turn of a minute, when it was answered. */
const nextOf = (timetable: typeof own, since: Date) =>
  [since, new Date()].map((from) => nextTimes(timetable as never, from, 1)[0]?.toISOString());

describe('a saved search', () => {
  test('follows its own times, in its own zone, and says when that is next', async () => {
    const since = new Date();
    const saved = await save({ schedule: own });
    expect(saved.status).toBe(201);
    expect(saved.body).toMatchObject({
      schedule: { ...own, times: ['08:00', '20:30'], days: [1, 5] },
      paused: false,
      nextRunZone: 'Asia/Kolkata',
    });
    expect(nextOf(own, since)).toContain(saved.body.nextRunAt);
    expect((await asAda.get('/saved-searches')).body.items).toEqual([saved.body]);
  });

  test("follows the service's times again, or none, and keeps its own", async () => {
    const { id } = (await save({ schedule: own })).body;
    const kept = { times: ['08:00', '20:30'], days: [1, 5], timeZone: 'Asia/Kolkata' };
    const since = new Date();
    const service = await patch(id, { schedule: { kind: 'service' } });
    expect(service.body).toMatchObject({
      schedule: { kind: 'service', ...kept },
      nextRunZone: 'Europe/London',
    });
    expect(nextOf(serviceSchedules[0] as never, since)).toContain(service.body.nextRunAt);
    expect((await patch(id, { schedule: { kind: 'none' } })).body).toMatchObject({
      schedule: { kind: 'none', ...kept },
      nextRunAt: null,
      nextRunZone: null,
    });
  });

  test('is paused and resumed, as often as it is asked', async () => {
    const { id, nextRunAt } = (await save({ schedule: own })).body;
    for (let n = 0; n < 2; n += 1) {
      expect((await patch(id, { paused: true })).body).toMatchObject({ paused: true, nextRunAt: null });
    }
    for (let n = 0; n < 2; n += 1) {
      expect((await patch(id, { paused: false })).body).toMatchObject({ paused: false, nextRunAt });
    }
  });

  test('changed in one part keeps the others; put without a schedule too', async () => {
    const saved = (await save({ schedule: own, paused: true })).body;
    const renamed = { ...saved, name: 'Bread', updatedAt: expect.any(String) };
    expect((await patch(saved.id, { name: 'Bread' })).body).toEqual(renamed);
    const put = await asAda.request('PUT', `/saved-searches/${saved.id}`, {
      body: { ...body, name: 'Bread' },
    });
    expect(put.body).toEqual(renamed);
  });

  test.each<[string, string, object]>([
    ['another kind', '/schedule/kind', { kind: 'often' }],
    ['own times without a time', '/schedule/times', { times: [] }],
    ['own times that are not given', '/schedule/times', { times: undefined }],
    ['more times than a day may have', '/schedule/times', { times: Array(13).fill('08:00') }],
    ['a time that is none', '/schedule/times/1', { times: ['08:00', '8 pm'] }],
    ['times close to each other', '/schedule/times/1', { times: ['08:00', '08:15'] }],
    ['no day', '/schedule/days', { days: [] }],
    ['a day that is none', '/schedule/days/0', { days: [8] }],
    ['no zone', '/schedule/timeZone', { timeZone: undefined }],
    ['a zone that is none', '/schedule/timeZone', { timeZone: 'Europe/Atlantis' }],
  ])('%s is refused with the field named, when saving and when changing', async (_, pointer, wrong) => {
    const schedule = { ...own, ...wrong };
    expectWrongField(await save({ schedule }), pointer);
    const { id } = (await save()).body;
    expectWrongField(await patch(id, { schedule }), pointer);
    expect((await asAda.get(`/saved-searches/${id}`)).body.schedule.kind).toBe('service');
  });

  test('nothing to change is refused', async () => {
    const { id } = (await save()).body;
    expectProblem(await patch(id, {}), 'invalid-request');
  });
});

describe('quiet hours', () => {
  test('are kept with zone and digest, and answered', async () => {
    expect((await asAda.get('/me/settings')).body).toEqual({
      timeZone: 'Europe/London',
      quietHours: null,
      digest: 'each_tick',
      digestAt: '08:00',
      silencedSearches: [],
    });
    const saved = await putSettings();
    expect(saved.body).toEqual({ ...settings, silencedSearches: [] });
    expect((await asAda.get('/me/settings')).body).toEqual(saved.body);
    expect((await putSettings({ quietHours: null })).body.quietHours).toBeNull();
  });

  test('own times in them are refused, each with its place', async () => {
    await putSettings();
    const refused = await save({ schedule: own });
    expectProblem(refused, 'invalid-request');
    expect(refused.body.errors).toEqual(
      [0, 1].map((index) => ({
        pointer: `/schedule/times/${index}`,
        detail: `${own.times[index]} is in your quiet hours (20:00 to 09:00, Asia/Kolkata)`,
      })),
    );
    // By the clock of London they are not.
    expect((await save({ schedule: { ...own, timeZone: 'Europe/London', times: ['08:00'] } })).status).toBe(
      201,
    );
  });

  test('that swallow all times of a search are saved, and the search is named', async () => {
    const { id } = (await save({ schedule: own })).body;
    await save({ schedule: { ...own, times: ['08:00', '12:00'] } });
    expect((await putSettings()).body.silencedSearches).toEqual([{ id, name: 'Baking' }]);
    expect((await asAda.get('/me/settings')).body.silencedSearches).toEqual([{ id, name: 'Baking' }]);
    expect((await asAda.get(`/saved-searches/${id}`)).body).toMatchObject({
      paused: false,
      nextRunAt: null,
      nextRunZone: null,
    });
  });

  test.each<[string, string, object]>([
    ['an end that is their beginning', '/quietHours/to', { quietHours: { from: '08:00', to: '08:00' } }],
    ['a beginning that is no time', '/quietHours/from', { quietHours: { from: '25:00', to: '08:00' } }],
    ['a zone that is none', '/timeZone', { timeZone: 'Kolkata' }],
    ['another digest', '/digest', { digest: 'weekly' }],
    ['a daily digest in them', '/digestAt', { digestAt: '21:00' }],
  ])('%s: refused with the field named', async (_, pointer, wrong) => {
    expectWrongField(await putSettings(wrong), pointer);
    expect((await asAda.get('/me/settings')).body.timeZone).toBe('Europe/London');
  });
});

test('settings and the service’s times are for who is signed in', async () => {
  expectProblem(await asNobody.get('/me/settings'), 'unauthorized');
  expectProblem(await asNobody.get('/schedules'), 'unauthorized');
  expectProblem(await asNobody.request('PUT', '/me/settings', { body: settings }), 'unauthorized');
  const { items } = (await asAda.get('/schedules')).body;
  expect(items).toEqual(
    serviceSchedules.map((schedule) => ({
      ...schedule,
      days: [...weekdays],
      nextRunAt: expect.stringMatching(/:\d\d:00\.000Z$/),
    })),
  );
});
