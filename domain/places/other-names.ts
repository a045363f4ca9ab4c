// What people call places beside the names that the data carries: short forms, names in another language, older names.
// Names in English and in the languages of `countryLanguages` come from the packages and are not repeated here.

/** CLDR's names of countries are read in these languages: boards write the name of their own country so. */
export const countryLanguages = [
  'en',
  'de',
  'fr',
  'es',
  'it',
  'nl',
  'pt',
  'pl',
  'sv',
  'da',
  'nb',
  'fi',
  'cs',
];

export const countryNames: Record<string, string[]> = {
  AE: ['UAE'],
  CI: ['Ivory Coast'],
  CZ: ['Czech Republic'],
  GB: ['UK', 'Great Britain', 'Britain'],
  KR: ['Korea', 'Republic of Korea'],
  NL: ['Holland'],
  TR: ['Turkey'],
  US: [
    'US',
    'USA',
    'United States of America',
    'U.S.',
    'U.S.A.',
    'Stateside',
    'New England',
    'East Coast',
    'West Coast',
  ],
};

/** ISO 3166-2 has the Länder and Québec in one language. */
export const regionNames: Record<string, string[]> = {
  'DE.BY': ['Bavaria'],
  'DE.HE': ['Hesse'],
  'DE.MV': ['Mecklenburg-Western Pomerania'],
  'DE.NI': ['Lower Saxony'],
  'DE.NW': ['North Rhine-Westphalia', 'NRW'],
  'DE.RP': ['Rhineland-Palatinate'],
  'DE.SN': ['Saxony'],
  'DE.ST': ['Saxony-Anhalt'],
  'DE.TH': ['Thuringia'],
  'US.DC': ['D.C.'],
};

/** By the city's name and country (with its region, where there are several) in the data. */
export const cityNames: Record<string, string[]> = {
  'New York City, US': ['New York', 'NYC', 'New York Metropolitan Area', 'NY Metro'],
  'Washington, D.C., US': ['Washington DC', 'Washington', 'DC', 'DMV'],
  'San Francisco, US': ['SF', 'San Fran', 'San Francisco City'],
  'Los Angeles, US': ['LA', 'L.A.'],
  'Philadelphia, US': ['Philly'],
  'Las Vegas, US': ['Vegas'],
  'London, GB': ['City of London', 'London City', 'Greater London', 'Central London', 'Londres'],
  'Edinburgh, GB': ['City of Edinburgh'],
  'Newcastle upon Tyne, GB': ['Newcastle'],
  'Munich, DE': ['München', 'Muenchen'],
  'Köln, DE': ['Cologne', 'Koeln'],
  'Frankfurt am Main, DE': ['Frankfurt', 'Frankfurt a.M.', 'Frankfurt/Main'],
  'Düsseldorf, DE': ['Duesseldorf'],
  'Nürnberg, DE': ['Nuremberg', 'Nuernberg'],
  'Hannover, DE': ['Hanover'],
  'Braunschweig, DE': ['Brunswick'],
  'Vienna, AT': ['Wien'],
  'Zürich, CH': ['Zuerich', 'Zurigo'],
  'Genève, CH': ['Geneva', 'Genf'],
  'Bern, CH': ['Berne'],
  'Basel, CH': ['Basle'],
  'Luzern, CH': ['Lucerne'],
  'Brussels, BE': ['Bruxelles', 'Brussel'],
  'Antwerpen, BE': ['Antwerp'],
  'Gent, BE': ['Ghent'],
  'The Hague, NL': ['Den Haag', "'s-Gravenhage"],
  'Copenhagen, DK': ['København', 'Kopenhagen'],
  'Göteborg, SE': ['Gothenburg'],
  'Lisbon, PT': ['Lisboa'],
  'Porto, PT': ['Oporto'],
  'Sevilla, ES': ['Seville'],
  'Milan, IT': ['Milano'],
  'Rome, IT': ['Roma'],
  'Turin, IT': ['Torino'],
  'Florence, IT': ['Firenze'],
  'Naples, IT': ['Napoli'],
  'Prague, CZ': ['Praha', 'Prag'],
  'Warsaw, PL': ['Warszawa', 'Warschau'],
  'Kraków, PL': ['Cracow', 'Krakau'],
  'Bucharest, RO': ['București'],
  'Belgrade, RS': ['Beograd'],
  'Athens, GR': ['Athina'],
  'Kyiv, UA': ['Kiev'],
  'Lviv, UA': ['Lvov'],
  'Moscow, RU': ['Moskva'],
  'Tel Aviv, IL': ['Tel Aviv-Yafo'],
  'Bengaluru, IN': ['Bangalore'],
  'Gurgaon, IN': ['Gurugram'],
  'Mumbai, IN': ['Bombay'],
  'Delhi, IN': ['Delhi NCR', 'NCR'],
  'Chennai, IN': ['Madras'],
  'Kolkata, IN': ['Calcutta'],
  'Cochin, IN': ['Kochi'],
  'Ho Chi Minh City, VN': ['Ho Chi Minh', 'Saigon', 'HCMC'],
  'Beijing, CN': ['Peking'],
  'Mexico City, MX': ['Ciudad de México', 'CDMX'],
};

/** Parts of a city that the data has as cities of their own: work in one is work in the other. */
export const partsOfCities: Record<string, string[]> = {
  'New York City, US': [
    'Brooklyn, US.NY',
    'Manhattan, US.NY',
    'Queens, US.NY',
    'The Bronx, US.NY',
    'Staten Island, US.NY',
  ],
  'London, GB': ['City of London, GB'],
};

/** Areas around a city that people search for by a name of their own. */
export const metropolitanAreas: Record<
  string,
  { names: string[]; core: string; cities: string[]; in: string }
> = {
  'area:bay-area': {
    names: ['Bay Area', 'San Francisco Bay Area', 'SF Bay Area', 'Silicon Valley', 'Bay Area CA'],
    core: 'San Francisco, US',
    in: 'US.CA',
    cities: [
      'Alameda',
      'Berkeley',
      'Burlingame',
      'Campbell',
      'Cupertino',
      'Danville',
      'Daly City',
      'Emeryville',
      'Foster City',
      'Fremont',
      'Hayward',
      'Los Altos',
      'Los Gatos',
      'Menlo Park',
      'Milpitas',
      'Mountain View',
      'Newark',
      'Oakland',
      'Palo Alto',
      'Pleasanton',
      'Redwood City',
      'San Bruno',
      'San Carlos',
      'San Francisco',
      'San Jose',
      'San Mateo',
      'San Rafael',
      'Santa Clara',
      'South San Francisco',
      'Sunnyvale',
      'Union City',
      'Walnut Creek',
    ],
  },
};

/**
 * Regions by GeoNames' own numbers, which are not ISO 3166-2's: number → code. Countries with letters in GeoNames
 * (US, GB, CH, BE, IE) have ISO's; other countries' regions hold no cities here.
 */
export const regionNumbers: Record<string, Record<string, string>> = {
  CA: {
    '01': 'AB',
    '02': 'BC',
    '03': 'MB',
    '04': 'NB',
    '05': 'NL',
    '07': 'NS',
    '08': 'ON',
    '09': 'PE',
    '10': 'QC',
    '11': 'SK',
    '12': 'YT',
    '13': 'NT',
    '14': 'NU',
  },
  AU: { '01': 'ACT', '02': 'NSW', '03': 'NT', '04': 'QLD', '05': 'SA', '06': 'TAS', '07': 'VIC', '08': 'WA' },
  DE: {
    '01': 'BW',
    '02': 'BY',
    '03': 'HB',
    '04': 'HH',
    '05': 'HE',
    '06': 'NI',
    '07': 'NW',
    '08': 'RP',
    '09': 'SL',
    '10': 'SH',
    '11': 'BB',
    '12': 'MV',
    '13': 'SN',
    '14': 'ST',
    '15': 'TH',
    '16': 'BE',
  },
  IN: {
    '02': 'AP',
    '03': 'AS',
    '05': 'CH',
    '07': 'DL',
    '09': 'GJ',
    '10': 'HR',
    '11': 'HP',
    '12': 'JK',
    '13': 'KL',
    '16': 'MH',
    '19': 'KA',
    '21': 'OD',
    '23': 'PB',
    '24': 'RJ',
    '25': 'TN',
    '28': 'WB',
    '33': 'GA',
    '34': 'BR',
    '35': 'MP',
    '36': 'UP',
    '37': 'CG',
    '38': 'JH',
    '39': 'UK',
    '40': 'TS',
  },
};

/** Countries whose regions are written as bare codes ("Austin, TX"). */
export const countriesWithRegionCodes = ['US', 'CA', 'AU'];

/** Bare codes that are a country more often than a state ("Remote, IN"), with nothing else to tell by. */
export const countryBeforeState = ['DE', 'IN'];

/** Cities that are a region too: whoever looks in one looks in its districts, which the data has as cities. */
export const cityStates: Record<string, string[]> = {
  'city:2950159': ['region:DE.BE'],
  'city:2911298': ['region:DE.HH'],
  'city:2944388': ['region:DE.HB'],
  'city:1273294': ['region:IN.DL'],
  'city:4140963': ['region:US.DC'],
};
