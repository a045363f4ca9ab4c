import type { BoardQuery } from '../../domain/board.js';
import { placeKeysOf, resolvePlace } from '../../domain/places/index.js';
import { type Board, BoardError, type BoardSetting, type BoardSettings, type PageRequest } from './board.js';

/** @throws BoardError `config` when a query board is asked for nothing. */
export function queryOf({ label }: Pick<Board, 'label'>, { query }: Pick<PageRequest, 'query'>): BoardQuery {
  if (!query) throw new BoardError('config', `${label} is asked for a query`);
  return query;
}

/** @throws BoardError `config` naming the setting that is missing, never what another one holds. */
export function settingOf(
  { label }: Pick<Board, 'label'>,
  settings: BoardSettings,
  name: BoardSetting,
): string {
  const value = settings[name];
  if (!value) throw new BoardError('config', `${label} needs ${name}`);
  return value;
}

/** The words to look for on a board that knows of remote work only what its postings say. */
export const wordsOf = ({ title, remoteOnly }: BoardQuery) =>
  remoteOnly && !/\bremote\b/.test(title) ? `${title} remote` : title;

/**
 * A query's place for a board that is one country's, or has one list a country.
 * `countries` are those that the place lies in by the gazetteer, empty when it does not know it; `within` is the place
 * without its country's name, `null` for a whole country and for no place at all.
 */
export function placeOf({ place }: BoardQuery): { countries: string[]; within: string | null } {
  if (place === null) return { countries: [], within: null };
  const countries = placeKeysOf([place]).flatMap((key) => /^country:(.+)$/.exec(key)?.[1] ?? []);
  const names = place.split(',').map((name) => name.trim());
  const last = names.at(-1) ?? '';
  const within = isWide(place) ? [] : isWide(last) ? names.slice(0, -1) : names;
  return { countries, within: within.filter(Boolean).join(', ') || null };
}

/** A country, a continent, anywhere: no place for a board to look around. */
const isWide = (text: string) => resolvePlace(text)?.in.every((key) => !/^(city|region):/.test(key)) ?? false;

/** Whether a board that is one country's has anything at a query's place. */
export const isIn = (country: string, { countries }: ReturnType<typeof placeOf>) =>
  countries.length === 0 || countries.includes(country);
