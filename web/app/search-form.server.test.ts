import { formValues } from './search-fields.js';
import { apiFormProblem, readSearchForm } from './search-form.server.js';

function form(entries: [string, string][]): FormData {
  const data = new FormData();
  for (const [name, value] of entries) data.append(name, value);
  return data;
}

const filled: [string, string][] = [
  ['title', ' react developer '],
  ['place', 'London'],
  ['remoteOnly', 'on'],
  ['salaryKnownOnly', 'on'],
  ['salaryAmount', '50,000'],
  ['salaryCurrency', 'EUR'],
  ['maxAgeDays', '7'],
  ['boards', 'remotive'],
  ['boards', 'lever'],
  ['excludeWords', 'intern, unpaid, , intern'],
];

test('a filled form is what the API is asked', () => {
  expect(readSearchForm(form(filled))).toEqual({
    ok: true,
    parameters: {
      title: 'react developer',
      place: 'London',
      remoteOnly: true,
      salaryKnownOnly: true,
      salaryFloor: { amount: 50_000, currency: 'EUR' },
      maxAgeDays: 7,
      boards: ['remotive', 'lever'],
      excludeWords: ['intern', 'unpaid'],
    },
  });
});

test('what is left empty is not asked for', () => {
  const read = readSearchForm(
    form([
      ['title', 'nurse'],
      ['boards', 'lever'],
      ['salaryCurrency', 'GBP'],
    ]),
  );
  expect(read).toEqual({
    ok: true,
    parameters: {
      title: 'nurse',
      remoteOnly: false,
      salaryKnownOnly: false,
      boards: ['lever'],
      excludeWords: [],
    },
  });
});

test('every wrong field gets its own sentence, and what was entered comes back', () => {
  const read = readSearchForm(
    form([
      ['title', ' '],
      ['salaryAmount', 'lots'],
      ['maxAgeDays', '900'],
    ]),
  );
  if (read.ok) throw new Error('the form was taken');
  expect(read.problem.fields).toEqual({
    title: 'Enter the title of the job you look for.',
    salaryAmount: 'Enter the pay a year as a whole number.',
    maxAgeDays: 'Choose an age from the list.',
    boards: 'Choose at least one board.',
  });
  expect(read.problem.entered).toEqual({ title: [' '], salaryAmount: ['lots'], maxAgeDays: ['900'] });
});

test('a form filled from a search reads as that search', () => {
  const read = readSearchForm(form(filled));
  if (!read.ok) throw new Error('the form was refused');
  const again = Object.entries(formValues(read.parameters)).flatMap(([name, values]) =>
    (values ?? []).map((value): [string, string] => [name, value]),
  );
  expect(readSearchForm(form(again))).toEqual(read);
});

test('what the API finds wrong stands beside its field', () => {
  const problem = {
    type: '/problems/invalid-request',
    title: 'x',
    status: 400,
    errors: [
      { pointer: '/parameters/boards/0', detail: 'is not a board' },
      { pointer: '/elsewhere', detail: 'is odd' },
    ],
  };
  expect(apiFormProblem(form([]), problem, 'No.')).toEqual({
    form: 'No.',
    fields: { boards: 'Is not a board.' },
    entered: {},
  });
});
