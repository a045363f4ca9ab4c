import { crowdedTimes, nextRun, quietTimes } from './next-run.js';
import { type Timetable, weekdays } from './schedule.js';

const own: Timetable = { timeZone: 'Europe/Paris', times: ['07:00', '12:00', '23:30'], days: weekdays };
const schedule = { kind: 'own', own, paused: false, quietHours: null } as const;
const night = { timeZone: 'Europe/Paris', from: '22:00', to: '08:00' };
const after = new Date('2026-11-25T00:00:00Z');
const run = (changes: Partial<Parameters<typeof nextRun>[0]> = {}) => {
  const next = nextRun({ ...schedule, ...changes }, after);
  return next && `${next.at.toISOString().slice(0, 16)} ${next.timeZone}`;
};

test.each([
  ['its own times', {}, '2026-11-25T06:00 Europe/Paris'],
  ["the service's times", { kind: 'service' }, '2026-11-25T08:00 Europe/London'],
  ['none', { kind: 'none' }, null],
  ['its own times, paused', { paused: true }, null],
  ["the service's times, paused", { kind: 'service', paused: true }, null],
  ['quiet hours at the first', { quietHours: night }, '2026-11-25T11:00 Europe/Paris'],
  [
    "quiet hours at the service's first",
    { kind: 'service', quietHours: { ...night, timeZone: 'Europe/London', to: '09:00' } },
    '2026-11-25T10:00 Europe/London',
  ],
  [
    'one time a week, at the end of it',
    { own: { ...own, times: ['00:30'], days: [2] } },
    '2026-11-30T23:30 Europe/Paris',
  ],
  ['all in quiet hours', { own: { ...own, times: ['07:00', '23:30'] }, quietHours: night }, null],
] as [string, Partial<Parameters<typeof nextRun>[0]>, string | null][])('%s', (_, changes, expected) => {
  expect(run(changes)).toBe(expected);
});

test('times in quiet hours are told, in whatever zone either is', () => {
  expect(quietTimes(own, night, after)).toEqual(['07:00', '23:30']);
  // 07:00 in Paris is 15:00 in Tokyo.
  expect(quietTimes(own, { timeZone: 'Asia/Tokyo', from: '14:00', to: '16:00' }, after)).toEqual(['07:00']);
  expect(quietTimes(own, { timeZone: 'UTC', from: '01:00', to: '02:00' }, after)).toEqual([]);
});

test.each([
  [['08:00', '08:30'], []],
  [['08:00', '08:29'], ['08:29']],
  [['08:00', '08:00'], ['08:00']],
  [['00:10', '12:00', '23:50'], ['23:50']],
])('times that are too close, of %j: %j', (times, crowded) => {
  expect(crowdedTimes(times, 30)).toEqual(crowded);
});
