import { gazetteer, type Place } from './gazetteer.js';
import { cityStates } from './other-names.js';
import { recognise } from './recognise.js';

/**
 * A posting's places as keys, each with all that it lies in: `city:<GeoNames id>`, `region:<country>.<ISO 3166-2>`,
 * `country:<ISO 3166-1>`, `area:<name>`. Empty when no place was recognised.
 *
 * @param country ISO 3166-1 alpha-2, where the board says it: it decides between places of one name.
 */
export function placeKeysOf(locations: readonly string[], country?: string): string[] {
  const keys = new Set(locations.flatMap((location) => recognise(location, country).places.flatMap(allKeys)));
  const home = country && gazetteer().place(`country:${country}`);
  if (home && !keys.has(home.key)) for (const key of allKeys(home)) keys.add(key);
  return [...keys].slice(0, 150);
}

/**
 * Where one may live for a remote posting: the places named, cities and regions widened to their country, since that
 * is what employers hire by. `world` when no place is named, or anywhere will do.
 */
export function remoteKeysOf(locations: readonly string[], country?: string): string[] {
  const read = locations.map((location) => recognise(location, country));
  const keys = new Set(
    leaves(read.flatMap(({ places }) => places)).map((place) =>
      place.country ? `country:${place.country}` : place.key,
    ),
  );
  if (read.some(({ anywhere }) => anywhere)) keys.add('world');
  else if (keys.size === 0) keys.add(country ? `country:${country}` : 'world');
  return [...keys].slice(0, 50);
}

export interface ResolvedPlace {
  /** The place itself: a posting is there when it has one of these among its place keys. */
  in: string[];
  /** The place, all that it lies in, and the world: a remote posting is open to somebody there when it has one. */
  reach: string[];
}

/** What a person means by a place. `null` when the gazetteer does not know it. */
export function resolvePlace(text: string): ResolvedPlace | null {
  const { places, anywhere } = recognise(text);
  if (anywhere) return { in: ['world'], reach: ['world'] };
  if (places.length === 0) return null;
  const own = leaves(places);
  const found = new Set(own.flatMap(({ key }) => [key, ...(cityStates[key] ?? [])]));
  const reach = new Set([...found, ...own.flatMap(allKeys), 'world']);
  return { in: [...found].slice(0, 50), reach: [...reach].slice(0, 50) };
}

/**
 * ISO 3166-1 alpha-2 of a country by its name alone, or of the United Kingdom by one of its nations'. `undefined` for
 * anything else, and for a name that is also a region's elsewhere (Georgia).
 */
export function countryNamed(name: string): string | undefined {
  const meant = gazetteer()
    .named(name)
    .filter(({ kind, population }) => kind === 'country' || (kind === 'region' && population > 0));
  const codes = new Set(meant.map(({ country }) => country));
  const isCountry = meant.some(({ kind, country }) => kind === 'country' || country === 'GB');
  return codes.size === 1 && isCountry ? meant[0]?.country : undefined;
}

const allKeys = (place: Place): string[] => [place.key, ...place.within];

/** Without those that another one lies in: "Berlin" of "Berlin, Germany". */
const leaves = (places: Place[]): Place[] =>
  places.filter(({ key }) => !places.some((other) => other.key !== key && other.within.includes(key)));

/** Where a search looks: null when it names no place, nowhere when the place is not known. */
export const placeOfSearch = (place: string | undefined) =>
  place === undefined ? null : (resolvePlace(place) ?? { in: [], reach: [] });
