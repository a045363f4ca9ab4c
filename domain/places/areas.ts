import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

interface Area {
  key: string;
  names: string[];
  /** ISO 3166-1 alpha-2. */
  countries: ReadonlySet<string>;
}

const middleEast = [
  'AE',
  'BH',
  'EG',
  'IL',
  'IQ',
  'IR',
  'JO',
  'KW',
  'LB',
  'OM',
  'PS',
  'QA',
  'SA',
  'SY',
  'TR',
  'YE',
];
const maghreb = ['DZ', 'LY', 'MA', 'TN'];

/** Areas that boards name, of countries (ISO 3166) and of CLDR's territories (UN M49, "EU"). */
const definitions: Record<string, { names: string[]; of: string[] }> = {
  europe: { names: ['Europe', 'European', 'Europa'], of: ['150'] },
  eu: { names: ['EU', 'European Union'], of: ['EU'] },
  eea: { names: ['EEA', 'European Economic Area'], of: ['EU', 'IS', 'LI', 'NO'] },
  dach: { names: ['DACH', 'D-A-CH'], of: ['DE', 'AT', 'CH'] },
  nordics: {
    names: ['Nordics', 'Nordic', 'Nordic countries', 'Scandinavia'],
    of: ['DK', 'FI', 'IS', 'NO', 'SE'],
  },
  baltics: { names: ['Baltics', 'Baltic states'], of: ['EE', 'LV', 'LT'] },
  benelux: { names: ['Benelux'], of: ['BE', 'NL', 'LU'] },
  'uk-ireland': { names: ['UK and Ireland', 'UKI', 'UK&I'], of: ['GB', 'IE'] },
  'eastern-europe': {
    names: ['Eastern Europe', 'CEE', 'Central and Eastern Europe'],
    of: ['151', 'AL', 'BA', 'EE', 'HR', 'LT', 'LV', 'ME', 'MK', 'RS', 'SI', 'XK'],
  },
  'western-europe': { names: ['Western Europe'], of: ['155', 'ES', 'GB', 'IE', 'IT', 'PT'] },
  'northern-europe': { names: ['Northern Europe'], of: ['154'] },
  'southern-europe': { names: ['Southern Europe'], of: ['039'] },
  emea: { names: ['EMEA', 'Europe, Middle East and Africa'], of: ['150', '002', ...middleEast] },
  'middle-east': { names: ['Middle East'], of: middleEast },
  mena: { names: ['MENA', 'Middle East and North Africa'], of: [...middleEast, ...maghreb] },
  africa: { names: ['Africa', 'African'], of: ['002'] },
  'sub-saharan-africa': { names: ['Sub-Saharan Africa'], of: ['202'] },
  asia: { names: ['Asia'], of: ['142'] },
  'southeast-asia': { names: ['Southeast Asia', 'South East Asia', 'South-Eastern Asia'], of: ['035'] },
  apac: {
    names: ['APAC', 'APJ', 'Asia Pacific', 'Asia-Pacific'],
    of: ['030', '034', '035', '009'],
  },
  anz: { names: ['ANZ', 'Australia and New Zealand'], of: ['AU', 'NZ'] },
  oceania: { names: ['Oceania'], of: ['009'] },
  americas: { names: ['Americas', 'America', 'AMER', 'North and South America'], of: ['019'] },
  // As employers mean it; CLDR's goes down to Panama.
  'north-america': { names: ['North America', 'NORAM', 'Northern America'], of: ['US', 'CA', 'MX'] },
  latam: { names: ['LATAM', 'Latin America', 'Lateinamerika', 'Latinoamérica'], of: ['419'] },
  'south-america': { names: ['South America'], of: ['005'] },
  'central-america': { names: ['Central America'], of: ['013'] },
  caribbean: { names: ['Caribbean'], of: ['029'] },
};

type Containment = Record<string, { _contains: string[] } | undefined>;

/** Every area, with the countries in it. */
export function readAreas(): Area[] {
  const cldr: {
    supplemental: { territoryContainment: Containment };
  } = require('cldr-core/supplemental/territoryContainment.json');
  const within = cldr.supplemental.territoryContainment;
  const countriesOf = (code: string): string[] => within[code]?._contains.flatMap(countriesOf) ?? [code];
  return Object.entries(definitions).map(([name, { names, of }]) => ({
    key: `area:${name}`,
    names,
    countries: new Set(of.flatMap(countriesOf)),
  }));
}
