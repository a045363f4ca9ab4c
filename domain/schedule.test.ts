import { isQuiet, serviceSchedules, tickId, timeOfDaySchema, timeZoneSchema } from './schedule.js';

test.each(['Europe/London', 'America/Argentina/Buenos_Aires', 'UTC'])('%s is a time zone', (zone) => {
  expect(timeZoneSchema.safeParse(zone).success).toBe(true);
});

test.each(['', 'London', 'Europe/Atlantis', 'EST', 'UTC+1', 'europe/london', "Europe/London'; --"])(
  '%j is no time zone',
  (zone) => {
    expect(timeZoneSchema.safeParse(zone).success).toBe(false);
  },
);

test.each([
  ['00:00', true],
  ['23:59', true],
  ['24:00', false],
  ['8:00', false],
  ['08:60', false],
])('%s as a time of day: %s', (time, valid) => {
  expect(timeOfDaySchema.safeParse(time).success).toBe(valid);
});

test.each([
  // 22:00 to 07:00 in Berlin, which is an hour before in UTC.
  ['2026-01-10T20:59:59Z', false],
  ['2026-01-10T21:00:00Z', true],
  ['2026-01-11T05:59:59Z', true],
  ['2026-01-11T06:00:00Z', false],
])('quiet hours over midnight at %s: %s', (moment, quiet) => {
  const hours = { timeZone: 'Europe/Berlin', from: '22:00', to: '07:00' };
  expect(isQuiet(hours, new Date(moment))).toBe(quiet);
});

test('quiet hours within a day', () => {
  const hours = { timeZone: 'UTC', from: '12:00', to: '14:00' };
  const at = (time: string) => isQuiet(hours, new Date(`2026-01-10T${time}:00Z`));
  expect([at('11:59'), at('12:00'), at('13:59'), at('14:00')]).toEqual([false, true, true, false]);
});

test('a tick is named by its schedule and minute', () => {
  expect(tickId('refresh-all', new Date('2026-11-25T08:00:31.7Z'))).toBe('refresh-all/2026-11-25T08:00Z');
});

test("the service's schedules are sound", () => {
  for (const { timeZone, times } of serviceSchedules) {
    expect(timeZoneSchema.parse(timeZone)).toBe(timeZone);
    expect(times.map((time) => timeOfDaySchema.parse(time))).toEqual([...new Set(times)]);
  }
});
