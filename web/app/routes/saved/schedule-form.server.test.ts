import { apiScheduleProblem, readScheduleForm } from './schedule-form.server.js';

function posted(
  times: string,
  more: [string, string][] = [
    ['days', '1'],
    ['days', '7'],
  ],
) {
  const form = new FormData();
  for (const [name, value] of [
    ['kind', 'own'],
    ['times', times],
    ['timeZone', 'Asia/Tokyo'],
    ...more,
  ] as const) {
    form.append(name, value);
  }
  return readScheduleForm(form);
}

test.each([
  ['08:00', ['08:00']],
  ['8, 12.30;23:59', ['08:00', '12:30', '23:59']],
  [' 0:05\n7 ', ['00:05', '07:00']],
])('times as people write them: %j', (times, read) => {
  expect(posted(times)).toMatchObject({
    ok: true,
    schedule: { kind: 'own', times: read, days: [1, 7], timeZone: 'Asia/Tokyo' },
  });
});

test.each([
  ['', /at least one time/],
  ['08:00, noon', /“noon” is not a time/],
  ['24:00', /“24:00”/],
  ['8:60', /“8:60”/],
])('%j is told at the field, and kept', (times, sentence) => {
  expect(posted(times)).toEqual({
    ok: false,
    problem: {
      entered: { kind: 'own', times, days: [1, 7], timeZone: 'Asia/Tokyo' },
      fields: { times: expect.stringMatching(sentence) },
    },
  });
});

test('without a day', () => {
  expect(posted('08:00', [])).toMatchObject({
    ok: false,
    problem: { fields: { days: 'Choose at least one day.' } },
  });
});

test('other kinds say nothing of own times: they are kept as they were', () => {
  const form = new FormData();
  for (const [name, value] of [
    ['kind', 'none'],
    ['times', 'noon'],
  ] as const)
    form.append(name, value);
  expect(readScheduleForm(form)).toMatchObject({ ok: true, schedule: { kind: 'none' } });
});

test('what the API refuses stands at its field', () => {
  const entered = { kind: 'own', times: '8, 8:10', days: [1], timeZone: 'Asia/Tokyo' } as const;
  const schedule = { ...entered, times: ['08:00', '08:10'], days: [1 as const] };
  const problem = (errors: { pointer: string; detail: string }[]) =>
    apiScheduleProblem(
      { ...entered, days: [1] },
      schedule,
      { type: '', title: '', status: 400, errors },
      'Refused.',
    );
  expect(
    problem([
      { pointer: '/schedule/times/0', detail: '08:00 is in your quiet hours (07:00 to 09:00, UTC)' },
      { pointer: '/schedule/times/1', detail: 'is less than 30 minutes from another time' },
      { pointer: '/schedule/timeZone', detail: 'is not a time zone' },
    ]),
  ).toMatchObject({
    fields: {
      times:
        '08:00 is in your quiet hours (07:00 to 09:00, UTC). 08:10 is less than 30 minutes from another time.',
      timeZone: 'This is not a time zone.',
    },
  });
  expect(problem([])).toMatchObject({ fields: {}, form: 'Refused.' });
});
