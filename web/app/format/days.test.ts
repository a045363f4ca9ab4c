import { endOfDay, isDay, isTimeZone, startOfDay } from './days.js';

const at = (ms: number) => new Date(ms).toISOString();

test.each([
  ['2026-11-25', 'UTC', '2026-11-25T00:00:00.000Z', '2026-11-26T00:00:00.000Z'],
  ['2026-07-01', 'Europe/London', '2026-06-30T23:00:00.000Z', '2026-07-01T23:00:00.000Z'],
  // Clocks go forward within the day, which has 23 hours, and back, with 25.
  ['2026-03-29', 'Europe/London', '2026-03-29T00:00:00.000Z', '2026-03-29T23:00:00.000Z'],
  ['2026-10-25', 'Europe/London', '2026-10-24T23:00:00.000Z', '2026-10-26T00:00:00.000Z'],
  ['2026-12-31', 'Asia/Tokyo', '2026-12-30T15:00:00.000Z', '2026-12-31T15:00:00.000Z'],
  ['2026-01-01', 'America/Los_Angeles', '2026-01-01T08:00:00.000Z', '2026-01-02T08:00:00.000Z'],
  // Midnight itself is skipped: the day begins at one o'clock.
  ['2022-03-27', 'Asia/Beirut', '2022-03-26T22:00:00.000Z', '2022-03-27T21:00:00.000Z'],
  // Midnight comes twice: the day begins with the first.
  ['2020-11-01', 'America/Havana', '2020-11-01T04:00:00.000Z', '2020-11-02T05:00:00.000Z'],
])('%s in %s is from %s until %s', (day, zone, from, until) => {
  expect([at(startOfDay(day, zone)), at(endOfDay(day, zone))]).toEqual([from, until]);
});

test('days and zones that are none are told', () => {
  for (const day of ['2026-02-29', '2026-13-01', '26-01-01', '', 'today']) expect(isDay(day)).toBe(false);
  for (const day of ['2026-11-25', '2024-02-29']) expect(isDay(day)).toBe(true);
  for (const zone of ['Mars/Olympus', '', '../etc']) expect(isTimeZone(zone)).toBe(false);
  for (const zone of ['UTC', 'Europe/London']) expect(isTimeZone(zone)).toBe(true);
});
