import { isIn, placeOf, wordsOf } from './query.js';

const query = { title: 'nurse', place: null, remoteOnly: false };

test.each<[place: string | null, countries: string[], within: string | null]>([
  [null, [], null],
  ['berlin, germany', ['DE'], 'berlin'],
  ['germany', ['DE'], null],
  ['london', ['GB'], 'london'],
  ['leeds, uk', ['GB'], 'leeds'],
  // A nation, and yet a part of a country: the place to look in.
  ['scotland', ['GB'], 'scotland'],
  ['edinburgh, scotland', ['GB'], 'edinburgh, scotland'],
  ['austin, texas, usa', ['US'], 'austin, texas'],
  ['atlanta, georgia', ['US'], 'atlanta, georgia'],
  ['uk or ireland', ['GB', 'IE'], null],
  ['europe', [], null],
  ['nowhere at all', [], 'nowhere at all'],
])('%j is in %j, within %j', (place, countries, within) => {
  const found = placeOf({ ...query, place });
  expect(found).toEqual({ countries, within });
  expect(isIn('GB', found)).toBe(countries.length === 0 || countries.includes('GB'));
});

test('remote is one of the words, once', () => {
  expect(wordsOf(query)).toBe('nurse');
  expect(wordsOf({ ...query, remoteOnly: true })).toBe('nurse remote');
  expect(wordsOf({ ...query, title: 'remote nurse', remoteOnly: true })).toBe('remote nurse');
});
