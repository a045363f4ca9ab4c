/** A city where sample jobs are, with what pay looks like there. */
export interface Place {
  city: string;
  region: string;
  country: string;
  /** ISO 3166-1 alpha-2. */
  iso2: string;
  /** ISO 4217. */
  currency: string;
  /** A year's pay here, in `currency`, for a dollar of a year's pay in the USA. */
  payFactor: number;
}

type Country = Pick<Place, 'country' | 'iso2' | 'currency' | 'payFactor'>;

const inCountry = (
  country: string,
  iso2: string,
  currency: string,
  payFactor: number,
  cities: [city: string, region: string][],
): Place[] => {
  const shared: Country = { country, iso2, currency, payFactor };
  return cities.map(([city, region]) => ({ city, region, ...shared }));
};

export const places: readonly Place[] = [
  ...inCountry('United States', 'US', 'USD', 1, [
    ['New York', 'New York'],
    ['San Francisco', 'California'],
    ['Seattle', 'Washington'],
    ['Austin', 'Texas'],
    ['Boston', 'Massachusetts'],
    ['Chicago', 'Illinois'],
    ['Denver', 'Colorado'],
    ['Atlanta', 'Georgia'],
  ]),
  ...inCountry('United Kingdom', 'GB', 'GBP', 0.58, [
    ['London', 'England'],
    ['Manchester', 'England'],
    ['Edinburgh', 'Scotland'],
    ['Bristol', 'England'],
    ['Leeds', 'England'],
  ]),
  ...inCountry('Germany', 'DE', 'EUR', 0.56, [
    ['Berlin', 'Berlin'],
    ['München', 'Bavaria'],
    ['Hamburg', 'Hamburg'],
    ['Köln', 'North Rhine-Westphalia'],
    ['Frankfurt am Main', 'Hesse'],
    ['Leipzig', 'Saxony'],
  ]),
  ...inCountry('Austria', 'AT', 'EUR', 0.52, [['Wien', 'Vienna']]),
  ...inCountry('Switzerland', 'CH', 'CHF', 0.9, [['Zürich', 'Zurich']]),
  ...inCountry('Netherlands', 'NL', 'EUR', 0.6, [
    ['Amsterdam', 'North Holland'],
    ['Utrecht', 'Utrecht'],
  ]),
  ...inCountry('France', 'FR', 'EUR', 0.5, [
    ['Paris', 'Île-de-France'],
    ['Lyon', 'Auvergne-Rhône-Alpes'],
  ]),
  ...inCountry('Ireland', 'IE', 'EUR', 0.64, [['Dublin', 'Leinster']]),
  ...inCountry('Spain', 'ES', 'EUR', 0.4, [
    ['Barcelona', 'Catalonia'],
    ['Madrid', 'Community of Madrid'],
  ]),
  ...inCountry('Portugal', 'PT', 'EUR', 0.36, [['Lisbon', 'Lisbon']]),
  ...inCountry('Sweden', 'SE', 'SEK', 5, [['Stockholm', 'Stockholm County']]),
  ...inCountry('Poland', 'PL', 'PLN', 1.6, [
    ['Warsaw', 'Masovia'],
    ['Kraków', 'Lesser Poland'],
  ]),
  ...inCountry('Canada', 'CA', 'CAD', 0.95, [
    ['Toronto', 'Ontario'],
    ['Vancouver', 'British Columbia'],
  ]),
  ...inCountry('India', 'IN', 'INR', 22, [
    ['Bengaluru', 'Karnataka'],
    ['Hyderabad', 'Telangana'],
  ]),
  ...inCountry('Singapore', 'SG', 'SGD', 1.02, [['Singapore', 'Singapore']]),
  ...inCountry('Australia', 'AU', 'AUD', 1.1, [
    ['Sydney', 'New South Wales'],
    ['Melbourne', 'Victoria'],
  ]),
  ...inCountry('Brazil', 'BR', 'BRL', 1.9, [['São Paulo', 'São Paulo']]),
];

/** A remote job's region as boards spell it, and the country whose pay it is paid by. */
export interface RemoteRegion {
  name: string;
  payCountry: string;
}

export const remoteRegions: readonly RemoteRegion[] = [
  { name: 'Worldwide', payCountry: 'United States' },
  { name: 'USA', payCountry: 'United States' },
  { name: 'Europe', payCountry: 'Germany' },
  { name: 'UK', payCountry: 'United Kingdom' },
  { name: 'Germany', payCountry: 'Germany' },
  { name: 'Canada', payCountry: 'Canada' },
  { name: 'LATAM', payCountry: 'Brazil' },
];

export function placeIn(country: string): Place {
  const place = places.find((candidate) => candidate.country === country);
  if (!place) throw new Error(`No sample place in ${country}`);
  return place;
}
