import { countryNamed } from '../../../domain/places/index.js';
import { countryOf } from './countries.js';
import { dayFirst, endOfDay, expiresAt, postedAt } from './dates.js';
import { employmentType } from './employment.js';
import { repairMojibake } from './mojibake.js';
import { places, placesIn, regionsIn, workModeIn } from './places.js';
import { clamp, cleanLine, cleanTags, cleanText, withoutEmails } from './text.js';

const now = Date.parse('2026-11-25T12:00:00Z');

describe('dates', () => {
  test.each([
    ['epoch seconds', 1_786_807_824, '2026-08-15T15:30:24.000Z'],
    ['epoch milliseconds', 1_782_214_185_805, '2026-06-23T11:29:45.805Z'],
    ['epoch seconds as text', '1786807824', '2026-08-15T15:30:24.000Z'],
    ['no time zone, which is UTC', '2026-08-13T06:25:53', '2026-08-13T06:25:53.000Z'],
    ['an offset', '2026-08-13T06:25:53-05:00', '2026-08-13T11:25:53.000Z'],
    ['an offset without a colon', '2026-08-13T06:25:53+0200', '2026-08-13T04:25:53.000Z'],
    ['fractions of a second', '2026-04-02T21:00:55.755+00:00', '2026-04-02T21:00:55.755Z'],
    ['a space for the T', '2026-08-13 06:25', '2026-08-13T06:25:00.000Z'],
    ['UTC behind it', '2026-09-18 13:27:28 UTC', '2026-09-18T13:27:28.000Z'],
  ])('%s', (_what, value, expected) => {
    expect(postedAt(value, now)).toEqual({ postedAt: expected, postedAtPrecision: 'second' });
  });

  test('a day alone says so', () => {
    expect(postedAt('2026-08-13', now)).toEqual({
      postedAt: '2026-08-13T00:00:00.000Z',
      postedAtPrecision: 'day',
    });
  });

  test.each([
    0,
    -1,
    Number.NaN,
    '',
    '0',
    'yesterday',
    '2026-13-45',
    '1970-01-01T00:00:00Z',
    '2026-11-28',
    9e15,
    1e300,
    null,
    undefined,
    {},
  ])('%p is no date of a posting', (value) => expect(postedAt(value, now)).toEqual({}));

  test('a day before its month is said to be one by the board, not by its looks', () => {
    expect(postedAt(dayFirst('03/11/2026'), now)).toMatchObject({ postedAt: '2026-11-03T00:00:00.000Z' });
    expect(postedAt('03/11/2026', now)).toEqual({});
    expect(postedAt(dayFirst('2026-11-03'), now)).toMatchObject({ postedAt: '2026-11-03T00:00:00.000Z' });
    expect(postedAt(dayFirst(null), now)).toEqual({});
  });

  test('a posting is open through its last day', () => {
    expect(expiresAt(endOfDay(dayFirst('31/01/2027')), now)).toEqual({
      expiresAt: '2027-01-31T23:59:59.000Z',
    });
  });

  test('an end may lie ahead, within reason', () => {
    expect(expiresAt('2027-01-31', now)).toEqual({ expiresAt: '2027-01-31T00:00:00.000Z' });
    expect(expiresAt('2099-01-01', now)).toEqual({});
  });
});

describe('text', () => {
  test('loses what neither a database nor a page can take', () => {
    expect(cleanText('a\u0000b\u0007c\ud83dd\u202ee\r\nf\tg\udc00')).toBe('abc\ufffdde\nf\tg\ufffd');
    expect(cleanText('😀 1️⃣ é')).toBe('😀 1️⃣ é');
  });

  test('of one line is decoded and single-spaced', () => {
    expect(cleanLine('  Product &amp; Operations\n &#8211;\u00a0Lead ', 100)).toBe(
      'Product & Operations – Lead',
    );
  });

  test('is cut at a whole character', () => {
    expect(clamp('abcdef', 4)).toBe('abc…');
    expect(clamp('ab😀cd', 4)).toBe('ab…');
    expect(clamp('abcd', 4)).toBe('abcd');
  });

  test('keeps no e-mail address', () => {
    expect(withoutEmails('Write to jane.doe+jobs@mail.example.co.uk, or @fox on Mastodon.')).toBe(
      'Write to [e-mail on the original page], or @fox on Mastodon.',
    );
  });

  test('as tags stands once, whatever its case', () => {
    expect(cleanTags(['React', ' react ', null, '', undefined, 'Q&amp;A', 'x'.repeat(200)])).toEqual([
      'React',
      'Q&A',
      `${'x'.repeat(99)}…`,
    ]);
    expect(cleanTags(Array.from({ length: 80 }, (_, index) => `tag ${index}`))).toHaveLength(50);
  });
});

describe('mojibake', () => {
  test.each([
    ['Latin-1', 'we\u00e2\u0080\u0099re', 'we’re'],
    ['Windows-1252', 'weâ€™re â€“ donâ€™t', 'we’re – don’t'],
    ['letters', 'MÃ¼nchen, SÃ£o Paulo', 'München, São Paulo'],
    ['an emoji', '\u00f0\u009f\u008e\u0089 Ã¼', '🎉 ü'],
  ])('of %s is mended', (_what, broken, mended) => expect(repairMojibake(broken)).toBe(mended));

  test.each(['château and Âge', 'SÃO PAULO', 'naïve — “quoted”', 'plain'])('%s stays as it is', (text) =>
    expect(repairMojibake(text)).toBe(text),
  );

  test('what does not decode stays beside what does', () => {
    expect(repairMojibake('weâ€™re in SÃO')).toBe('we’re in SÃO');
  });
});

describe('places', () => {
  test('are tidied', () => {
    expect(
      places(['Cammeray, ', '', ' , ', null, 'Berlin ,  Germany', 'Cammeray', 'Cork&nbsp;City']),
    ).toEqual(['Cammeray', 'Berlin, Germany', 'Cork City']);
  });

  test('in one field are told apart', () => {
    expect(placesIn('Berlin, Berlin; München, Bavaria')).toEqual(['Berlin, Berlin', 'München, Bavaria']);
    expect(placesIn('New York | London')).toEqual(['New York', 'London']);
    expect(placesIn(undefined)).toEqual([]);
    expect(regionsIn('LATAM,  Hong Kong,  Mexico')).toEqual(['LATAM', 'Hong Kong', 'Mexico']);
  });

  test.each([
    ['USA', 'US'],
    ['United States', 'US'],
    ['uk', 'GB'],
    ['Germany', 'DE'],
    ['Vietnam', 'VN'],
    ['Worldwide', undefined],
    ['Europe', undefined],
    ['CA', undefined],
    ['Georgia', undefined],
    ['', undefined],
  ])('%s is the country %s', (name, code) => expect(countryNamed(name)).toBe(code));

  test('name a country when they agree on it', () => {
    expect(countryOf(['Berlin, Germany', 'Germany'])).toBe('DE');
    expect(countryOf(['Berlin, Germany', 'Paris, France'])).toBeUndefined();
    expect(countryOf(['Berlin, Germany', 'Remote'])).toBeUndefined();
    expect(countryOf([])).toBeUndefined();
  });

  test.each([
    ['Remote, US', 'remote'],
    ['Hybrid - London (remote two days)', 'hybrid'],
    ['Berlin (on-site)', 'onsite'],
    ['Berlin', 'unknown'],
    ['Remote-controlled cranes', 'unknown'],
    [undefined, 'unknown'],
  ])('%s is %s', (text, mode) => expect(workModeIn(text)).toBe(mode));
});

test.each([
  [['Full-Time'], 'full_time'],
  [['FullTime'], 'full_time'],
  [['part_time'], 'part_time'],
  [['Working student', 'berufseinstieg'], 'part_time'],
  [['berufseinstieg', 'Teilzeit'], 'part_time'],
  [['Short Term'], 'temporary'],
  [['Intern'], 'internship'],
  [['Contractor'], 'contract'],
  [['', null, undefined], undefined],
  [[], undefined],
])('the words %j are the employment type %s', (words, type) => expect(employmentType(...words)).toBe(type));
