import { apiSettingsProblem, readSettingsForm } from './settings-form.server.js';

const entered = {
  timeZone: 'Europe/Paris',
  from: '22:00',
  to: '07:00',
  digest: 'daily',
  digestAt: '09:00',
} as const;

function posted(changes: Partial<Record<keyof typeof entered, string>> = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...entered, ...changes })) form.append(name, value);
  return readSettingsForm(form);
}

test('quiet hours are both times, or none', () => {
  expect(posted()).toMatchObject({ ok: true, settings: { quietHours: { from: '22:00', to: '07:00' } } });
  expect(posted({ from: '', to: '' })).toMatchObject({ ok: true, settings: { quietHours: null } });
});

test.each([
  ['only an end', { from: '' }, 'from', /both times/],
  ['only a beginning', { to: '' }, 'to', /both times/],
  ['a daily mail without its time', { digestAt: '' }, 'digestAt', /time of the daily mail/],
] as const)('%s is told at the field, and what was entered is kept', (_, changes, field, sentence) => {
  expect(posted(changes)).toEqual({
    ok: false,
    problem: { entered: { ...entered, ...changes }, fields: { [field]: expect.stringMatching(sentence) } },
  });
});

test('mail after each time needs no time of its own', () => {
  expect(posted({ digest: 'each_tick', digestAt: '' })).toMatchObject({
    ok: true,
    settings: { digestAt: '08:00' },
  });
});

test('what the API refuses stands at its field', () => {
  const problem = (pointer: string) =>
    apiSettingsProblem(
      entered,
      { type: '', title: '', status: 400, errors: [{ pointer, detail: 'is in your quiet hours' }] },
      'Refused.',
    );
  expect(problem('/digestAt')).toEqual({
    entered,
    fields: { digestAt: 'This time is in your quiet hours.' },
  });
  expect(problem('/else')).toEqual({ entered, fields: {}, form: 'Refused.' });
});
