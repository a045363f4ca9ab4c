import { placeOf, wordsOf } from './query.js';

const query = { title: 'nurse', place: null, remoteOnly: false };

test.each([
  [null, undefined, null],
  ['berlin, germany', 'DE', 'berlin'],
  ['germany', 'DE', null],
  ['london', undefined, 'london'],
  ['leeds, uk', 'GB', 'leeds'],
  // Countries by name, and yet a part of one: the place to look in.
  ['scotland', 'GB', 'scotland'],
  ['edinburgh, scotland', 'GB', 'edinburgh, scotland'],
  ['austin, texas, usa', 'US', 'austin, texas'],
  // A state of the USA by the same name.
  ['atlanta, georgia', undefined, 'atlanta, georgia'],
])('%j is in %s, within %j', (place, country, within) => {
  expect(placeOf({ ...query, place })).toEqual({ country, within });
});

test('remote is one of the words, once', () => {
  expect(wordsOf(query)).toBe('nurse');
  expect(wordsOf({ ...query, remoteOnly: true })).toBe('nurse remote');
  expect(wordsOf({ ...query, title: 'remote nurse', remoteOnly: true })).toBe('remote nurse');
});
