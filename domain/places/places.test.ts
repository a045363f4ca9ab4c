import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gazetteer } from './gazetteer.js';
import { countryNamed, placeKeysOf, remoteKeysOf, resolvePlace } from './index.js';
import { cityNames } from './other-names.js';

const london = ['city:2643743', 'region:GB.ENG', 'country:GB'];
const newYork = ['city:5128581', 'region:US.NY', 'country:US'];
const sanFrancisco = ['city:5391959', 'area:bay-area', 'region:US.CA', 'country:US'];
const berlin = ['city:2950159', 'region:DE.BE', 'country:DE'];
const munich = ['city:2867714', 'region:DE.BY', 'country:DE'];
const bengaluru = ['city:1277333', 'region:IN.KA', 'country:IN'];
const cambridgeMassachusetts = ['city:4931972', 'region:US.MA', 'country:US'];
const seattle = ['city:5809844', 'region:US.WA', 'country:US'];
const unitedKingdom = ['country:GB'];
const unitedStates = ['country:US'];
const germany = ['country:DE'];

/** Without the areas of the world, which each country brings along. */
const exact = (keys: string[]) =>
  keys.filter((key) => !key.startsWith('area:') || key === 'area:bay-area').sort();

describe('a location as boards write it', () => {
  test.each<[string, string[]]>([
    ['London, UK', london],
    ['London', london],
    ['LONDON', london],
    ['London, England, United Kingdom', london],
    ['Greater London', london],
    ['London Area', london],
    ['Hybrid - London', london],
    ['UK - London', london],
    ['London (2 days in office)', london],
    ['London, ON, Canada', ['city:6058560', 'region:CA.ON', 'country:CA']],
    ['Remote - UK', unitedKingdom],
    ['Remote in UK', unitedKingdom],
    ['UK Remote', unitedKingdom],
    ['Remote (US)', unitedStates],
    ['US - Remote', unitedStates],
    ['US-Remote', unitedStates],
    ['Anywhere in the US', unitedStates],
    ['US-CA', ['region:US.CA', 'country:US']],
    ['NYC', newYork],
    ['New York', newYork],
    ['New York, NY', newYork],
    ['New York, New York', newYork],
    ['New York City, New York', newYork],
    ['Brooklyn, NY', ['city:5110302', ...newYork]],
    ['SF', sanFrancisco],
    ['San Francisco, California', sanFrancisco],
    ['San Francisco Bay Area', sanFrancisco],
    ['Palo Alto, CA', ['city:5380748', 'area:bay-area', 'region:US.CA', 'country:US']],
    ['Germany', germany],
    ['Deutschland', germany],
    ['Allemagne', germany],
    ['Berlin', berlin],
    ['Berlin, Berlin', berlin],
    ['Berlin (hybrid)', berlin],
    ['Berlin Germany', berlin],
    ['München, Bavaria', munich],
    ['Munich', munich],
    ['Muenchen, Bayern, DE', munich],
    ['Cologne', ['city:2886242', 'region:DE.NW', 'country:DE']],
    ['Wien', ['city:2761369', 'country:AT']],
    ['Paris', ['city:2988507', 'country:FR']],
    ['Paris, TX', ['city:4717560', 'region:US.TX', 'country:US']],
    ['Cambridge', ['city:2653941', 'region:GB.ENG', 'country:GB']],
    ['Cambridge, UK', ['city:2653941', 'region:GB.ENG', 'country:GB']],
    ['Cambridge, MA', cambridgeMassachusetts],
    ['Georgia', ['region:US.GA', 'country:US']],
    ['Atlanta, Georgia', ['city:4180439', 'region:US.GA', 'country:US']],
    ['Tbilisi, Georgia', ['city:611717', 'country:GE']],
    ['Washington, DC', ['city:4140963', 'region:US.DC', 'country:US']],
    ['Washington D.C.', ['city:4140963', 'region:US.DC', 'country:US']],
    ['Seattle, Washington', seattle],
    ['Bengaluru, Karnataka', bengaluru],
    ['Bangalore', bengaluru],
    ['São Paulo', ['city:3448439', 'country:BR']],
    ['sao paulo, brazil', ['city:3448439', 'country:BR']],
    ['Zürich, Switzerland', ['city:2657896', 'region:CH.ZH', 'country:CH']],
    ['St. Louis, MO', ['city:4407066', 'region:US.MO', 'country:US']],
    ['Quebec', ['region:CA.QC', 'country:CA']],
    ['Québec, QC', ['city:6325494', 'region:CA.QC', 'country:CA']],
    ['Singapore', ['country:SG']],
    ['Trinidad and Tobago', ['country:TT']],
    ['Scotland, UK', ['region:GB.SCT', 'country:GB']],
    ['Maidstone, Kent', ['city:2643179', 'region:GB.KEN', 'region:GB.ENG', 'country:GB']],
    ['Utrecht, Utrecht, Netherlands', ['city:2745912', 'country:NL']],
    // A place that the data lacks is in its state all the same.
    ['Annapolis Junction, MD', ['region:US.MD', 'country:US']],
    ['Lafayette, KS', ['region:US.KS', 'country:US']],
    ['Southeast Kansas, KS', ['region:US.KS', 'country:US']],
    // Words that are cities too.
    ['Mobile', ['city:4076598', 'region:US.AL', 'country:US']],
    ['Mobile, AL', ['city:4076598', 'region:US.AL', 'country:US']],
    ['Reading', ['city:2639577', 'region:GB.ENG', 'country:GB']],
    ['Nice', ['city:2990440', 'country:FR']],
    ['A nice place', []],
    ['Mobile office', ['city:4076598', 'region:US.AL', 'country:US']],
    ['Remote', []],
    ['Home', []],
    ['Home Office', []],
    ['Flexible / Remote', []],
    ['Anywhere', []],
    ['Multiple locations', []],
    ['', []],
    [', -', []],
  ])('%j', (location, keys) => expect(exact(placeKeysOf([location]))).toEqual([...keys].sort()));

  test.each<[string, string[][]]>([
    [
      'Cambridge, MA Seattle, WA Indianapolis, IN SF Remote in USA McLean, VA Chicago, IL NYC',
      [
        cambridgeMassachusetts,
        seattle,
        ['city:4259418', 'region:US.IN'],
        sanFrancisco,
        ['city:4772354', 'region:US.VA'],
        ['city:4887398', 'region:US.IL'],
        newYork,
      ],
    ],
    ['SF Bay Area, Seattle Metro, and New York City Metro Area', [sanFrancisco, seattle, newYork]],
    [
      'San Francisco and Toronto and Vienna',
      [sanFrancisco, ['city:6167865', 'region:CA.ON', 'country:CA'], ['city:2761369', 'country:AT']],
    ],
    [
      'Springfield, MA, Portland, OR',
      [
        ['city:4951788', 'region:US.MA', 'country:US'],
        ['city:5746545', 'region:US.OR'],
      ],
    ],
    ['London, Berlin, Germany', [london, berlin]],
    ['London / New York | Berlin', [london, newYork, berlin]],
    ['Remote, Germany, Austria', [germany, ['country:AT']]],
  ])('several places in one: %j', (location, places) =>
    expect(exact(placeKeysOf([location]))).toEqual([...new Set(places.flat())].sort()),
  );

  test.each([
    ['EMEA', 'area:emea'],
    ['Europe', 'area:europe'],
    ['Remote – Europe (CET)', 'area:europe'],
    ['EU', 'area:eu'],
    ['DACH', 'area:dach'],
    ['LATAM', 'area:latam'],
    ['Americas', 'area:americas'],
    ['APAC', 'area:apac'],
  ])('%s is %s', (location, key) => expect(placeKeysOf([location])).toContain(key));

  test('a country is in the areas of the world that people speak of', () => {
    expect(placeKeysOf(['Vienna, Austria'])).toEqual(
      expect.arrayContaining(['country:AT', 'area:dach', 'area:eu', 'area:europe', 'area:emea']),
    );
    expect(placeKeysOf(['UK'])).not.toContain('area:eu');
    expect(placeKeysOf(['Mexico'])).toEqual(expect.arrayContaining(['area:latam', 'area:north-america']));
  });

  test.each([
    ['Cambridge', 'US', 'region:US.MA'],
    ['Cambridge', 'CA', 'region:CA.ON'],
    ['Georgia', 'GE', 'country:GE'],
    ['Remote, IN', 'US', 'region:US.IN'],
    ['Vienna', 'US', 'region:US.VA'],
  ])('%s in a posting of %s is in %s', (location, country, key) =>
    expect(placeKeysOf([location], country)).toContain(key),
  );

  test("a posting's country counts when no place is named", () => {
    expect(exact(placeKeysOf([], 'DE'))).toEqual(germany);
    expect(exact(placeKeysOf(['Head office'], 'DE'))).toEqual(germany);
  });
});

test.each<[string[], string | undefined, string[]]>([
  [[], undefined, ['world']],
  [['Remote'], undefined, ['world']],
  [['Worldwide'], undefined, ['world']],
  [['Remote'], 'DE', ['country:DE']],
  [['Worldwide'], 'DE', ['world']],
  [['Remote in Austin, TX'], undefined, ['country:US']],
  [['Anywhere in Europe'], undefined, ['area:europe']],
  [['UK', 'USA'], undefined, ['country:GB', 'country:US']],
  [['Berlin, Germany'], undefined, ['country:DE']],
  [['San Francisco Bay Area', 'Remote'], undefined, ['country:US']],
])('remote from %j (%s) is open to %j', (locations, country, keys) =>
  expect(remoteKeysOf(locations, country)).toEqual(keys),
);

describe('a place that is searched for', () => {
  test('is its own key; what it lies in, and the world, reach it', () => {
    const found = resolvePlace('london');
    expect(found?.in).toEqual(['city:2643743']);
    expect(found?.reach).toEqual(expect.arrayContaining([...london, 'area:europe', 'area:emea', 'world']));
    expect(found?.reach).not.toContain('area:eu');
  });

  test.each<[string, string[]]>([
    ['uk', ['country:GB']],
    ['texas', ['region:US.TX']],
    ['Austin, tx', ['city:4671654']],
    ['europe', ['area:europe']],
    ['bay area', ['area:bay-area']],
    ['london or berlin', ['city:2643743', 'city:2950159', 'region:DE.BE']],
    ['worldwide', ['world']],
  ])('%s is %j', (text, keys) => expect(resolvePlace(text)?.in).toEqual(keys));

  test.each(['Mordor', 'Remote', 'qwertyuiop', '???', 'a nice place'])('%s is not known', (text) =>
    expect(resolvePlace(text)).toBeNull(),
  );
});

test.each([
  ['United Kingdom', 'GB'],
  ['Scotland', 'GB'],
  ['Schweiz', 'CH'],
  ['Korea, Republic of', 'KR'],
  ['Georgia', undefined],
  ['Berlin', undefined],
])('%s is the country %s', (name, code) => expect(countryNamed(name)).toBe(code));

test('every nickname means its city first', () => {
  for (const nickname of Object.values(cityNames).flat())
    expect([
      nickname,
      gazetteer()
        .named(nickname)
        .some(({ kind, weight }) => kind === 'city' && weight > 0),
    ]).toEqual([nickname, true]);
});

/** Real postings, which are not part of the project. */
const listings = resolve(process.env.SHARED_DATA ?? '../shared/data/boards', 'listings.json');
if (!existsSync(listings)) console.warn(`Skipped: there is no ${listings}`);
(existsSync(listings) ? test : test.skip)('real postings: hardly a place is unknown', () => {
  const postings: { locations: string[] }[] = JSON.parse(readFileSync(listings, 'utf8'));
  const locations = postings.flatMap((posting) => posting.locations);
  const unknown = locations.filter((location) => placeKeysOf([location]).length === 0);
  expect(unknown.length / locations.length).toBeLessThan(0.01);
});
