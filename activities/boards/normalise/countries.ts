import { countryNamed } from '../../../domain/places/index.js';

/** The country that all of a posting's places name at their end ("Berlin, Germany"), if they agree: ISO 3166-1 alpha-2. */
export function countryOf(locations: readonly string[]): string | undefined {
  const codes = new Set(locations.map((place) => countryNamed(place.split(',').at(-1) ?? '')));
  return codes.size === 1 ? [...codes][0] : undefined;
}
