import { absoluteTime, ago, agoByDay, duration, groupByDay, stopwatch, upcoming } from './time.js';

const now = Date.parse('2026-11-25T12:00:00Z');
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

test.each([
  [-5_000, '0:00'],
  [0, '0:00'],
  [7_999, '0:07'],
  [12 * minute + 40_000, '12:40'],
  [hour + 2 * minute + 3_000, '1:02:03'],
])('%d ms on a stop-watch is %s', (ms, shown) => {
  expect(stopwatch(ms)).toBe(shown);
});

test.each([
  [1_000, '1 second'],
  [65_000, '1 minute 5 seconds'],
  [2 * minute, '2 minutes'],
  [2 * hour + minute, '2 hours 1 minute'],
])('%d ms in words is %s', (ms, shown) => {
  expect(duration(ms)).toBe(shown);
});

test.each([
  [-hour, 'just now'],
  [59_000, 'just now'],
  [5 * minute, '5 minutes ago'],
  [hour, '1 hour ago'],
  [30 * hour, 'yesterday'],
  [13 * day, '13 days ago'],
  [20 * day, '2 weeks ago'],
  [70 * day, '2 months ago'],
  [800 * day, 'over 2 years ago'],
])('%d ms back is %s', (past, shown) => {
  expect(ago(now - past, now)).toBe(shown);
});

test('a date without a time of day counts whole days', () => {
  expect(agoByDay(Date.parse('2026-11-25T00:00:00Z'), now)).toBe('today');
  expect(agoByDay(Date.parse('2026-11-24T00:00:00Z'), now)).toBe('yesterday');
  expect(agoByDay(Date.parse('2026-11-26T00:00:00Z'), now)).toBe('today');
});

test('a moment is told with its zone, in summer time too', () => {
  expect(absoluteTime(now, 'UTC')).toBe('25 November 2026, 12:00 UTC');
  expect(absoluteTime(Date.parse('2026-07-01T12:00:00Z'), 'Europe/London')).toBe('1 July 2026, 13:00 BST');
});

test.each([
  ['2026-11-25T22:00:00Z', 'Europe/London', 'today 22:00'],
  ['2026-11-26T08:00:00Z', 'Europe/London', 'tomorrow 08:00'],
  // Tomorrow already in Auckland, where it is one o'clock on the 26th.
  ['2026-11-25T19:00:00Z', 'Pacific/Auckland', 'today 08:00'],
  ['2026-11-30T08:00:00Z', 'UTC', 'Monday 08:00'],
  ['2026-12-02T08:00:00Z', 'UTC', '2 December 08:00'],
])('%s in %s is %s', (at, zone, shown) => {
  expect(upcoming(Date.parse(at), now, zone)).toBe(shown);
});

describe('by calendar day', () => {
  const at = (iso: string) => Date.parse(iso);
  const grouped = (moments: string[], timeZone: string) =>
    groupByDay(moments, at, now, timeZone).map(({ label, items }) => [label, items.length]);

  test('today, yesterday, this year, another year', () => {
    const moments = [
      '2026-11-25T11:00:00Z',
      '2026-11-25T01:00:00Z',
      '2026-11-24T23:00:00Z',
      '2026-11-23T10:00:00Z',
      '2025-12-31T10:00:00Z',
    ];
    expect(grouped(moments, 'UTC')).toEqual([
      ['Today', 2],
      ['Yesterday', 1],
      ['Monday 23 November', 1],
      ['Wednesday 31 December 2025', 1],
    ]);
  });

  test('the day is the one of the zone', () => {
    expect(grouped(['2026-11-24T23:30:00Z'], 'UTC')).toEqual([['Yesterday', 1]]);
    expect(grouped(['2026-11-24T23:30:00Z'], 'Europe/Berlin')).toEqual([['Today', 1]]);
  });
});
