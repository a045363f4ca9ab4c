import type { BoardQuery } from '../../domain/board.js';
import { type Board, BoardError, type BoardSetting, type BoardSettings, type PageRequest } from './board.js';
import { countryCode } from './normalise/countries.js';

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

/** Known as a country's name, and yet a part of one. */
const parts = /^(england|scotland)$/;

/**
 * A query's place for a board that has one list a country. `country` (ISO 3166-1 alpha-2) is set where the place names
 * one at its end; `within` is the rest, `null` for the whole country or for no place at all.
 */
export function placeOf({ place }: BoardQuery): { country: string | undefined; within: string | null } {
  const names = (place ?? '').split(',').map((name) => name.trim());
  const last = names.at(-1) ?? '';
  const country = countryCode(last);
  const within = country && !parts.test(last) ? names.slice(0, -1) : names;
  return { country, within: within.filter(Boolean).join(', ') || null };
}
