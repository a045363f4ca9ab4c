import { type Timetable, weekdays } from './schedule.js';
import { nextTimes, timesBetween } from './schedule-times.js';

const timetable = (timeZone: string, times: string[], days: Timetable['days'] = weekdays): Timetable => ({
  timeZone,
  times,
  days,
});
const next = (table: Timetable, after: string, count: number) =>
  nextTimes(table, new Date(after), count).map((moment) => moment.toISOString().slice(0, 16));

test('times come in order, whatever order they are given in', () => {
  const london = timetable('Europe/London', ['22:00', '08:00', '10:00']);
  expect(next(london, '2026-11-25T08:00:00Z', 4)).toEqual([
    '2026-11-25T10:00',
    '2026-11-25T22:00',
    '2026-11-26T08:00',
    '2026-11-26T10:00',
  ]);
});

test('days are those of the zone, not of UTC', () => {
  // Monday 08:00 in Auckland is Sunday evening in UTC.
  const mondays = timetable('Pacific/Auckland', ['08:00'], [1]);
  expect(next(mondays, '2026-11-25T00:00:00Z', 2)).toEqual(['2026-11-29T19:00', '2026-12-06T19:00']);
});

test('both changes of London: the same time by the clock, another one in UTC', () => {
  const london = timetable('Europe/London', ['08:00']);
  expect(next(london, '2027-03-27T00:00:00Z', 2)).toEqual(['2027-03-27T08:00', '2027-03-28T07:00']);
  expect(next(london, '2027-10-30T00:00:00Z', 2)).toEqual(['2027-10-30T07:00', '2027-10-31T08:00']);
});

test('a time that the clocks jump over is left out that day', () => {
  expect(next(timetable('Europe/London', ['01:30']), '2027-03-27T00:00:00Z', 2)).toEqual([
    '2027-03-27T01:30',
    '2027-03-29T00:30',
  ]);
  // Half an hour is jumped over here: what lies in it comes half an hour later.
  expect(next(timetable('Australia/Lord_Howe', ['02:00']), '2027-10-02T12:00:00Z', 2)).toEqual([
    '2027-10-02T15:30',
    '2027-10-03T15:00',
  ]);
  // Midnight itself is jumped over in Santiago.
  expect(next(timetable('America/Santiago', ['00:00']), '2027-09-04T00:00:00Z', 2)).toEqual([
    '2027-09-04T04:00',
    '2027-09-06T03:00',
  ]);
});

test.each([
  ['Europe/London', '01:30', '2027-10-31T00:00:00Z', ['2027-10-31T01:30', '2027-11-01T01:30']],
  ['America/New_York', '01:30', '2027-11-07T04:00:00Z', ['2027-11-07T05:30', '2027-11-07T06:30']],
  ['Australia/Lord_Howe', '01:45', '2027-04-03T13:00:00Z', ['2027-04-03T15:15', '2027-04-04T15:15']],
])('a time that %s shows twice', (zone, time, after, expected) => {
  expect(next(timetable(zone, [time]), after, 2)).toEqual(expected);
});

test('what is between two moments is without the first and with the last', () => {
  const london = timetable('Europe/London', ['08:00', '10:00']);
  const between = timesBetween(london, new Date('2026-11-25T08:00:00Z'), new Date('2026-11-26T08:00:00Z'));
  expect(between.map((moment) => moment.toISOString().slice(0, 16))).toEqual([
    '2026-11-25T10:00',
    '2026-11-26T08:00',
  ]);
});

test('a timetable without days or times is never due', () => {
  const until = new Date('2027-01-01T00:00:00Z');
  for (const never of [timetable('UTC', []), timetable('UTC', ['08:00'], [])]) {
    expect(next(never, '2026-01-01T00:00:00Z', 3)).toEqual([]);
    expect(timesBetween(never, new Date(0), until)).toEqual([]);
  }
});
