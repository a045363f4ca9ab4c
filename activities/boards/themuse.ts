import { z } from 'zod';
import type { Board } from './board.js';
import { countryOf } from './normalise/countries.js';
import { postedAt } from './normalise/dates.js';
import { places, workModeIn } from './normalise/places.js';
import { numberAt, pageAfter, readCursor } from './paging.js';
import { readEnvelope, readPostings } from './read-postings.js';

/** Newest first, twenty a page: what is older was read by an earlier sync. Without a key, 500 requests an hour. */
const maxPages = 25;

const envelope = z.looseObject({ results: z.array(z.unknown()), page_count: z.number().nullish() });

const named = z.array(z.looseObject({ name: z.string().nullish() })).nullish();

const job = z.looseObject({
  id: z.int(),
  name: z.string(),
  contents: z.string(),
  publication_date: z.string().nullish(),
  locations: named,
  categories: named,
  levels: named,
  /** Without its page a posting has nothing to link back to: it counts as broken. */
  refs: z.looseObject({ landing_page: z.string() }),
  company: z.looseObject({ name: z.string() }),
});

/** The Muse: paged by number from 0. https://www.themuse.com/developers/api/v2 */
export const themuse: Board = {
  name: 'themuse',
  label: 'The Muse',
  kind: 'feed',
  hosts: ['www.themuse.com'],
  minSyncIntervalSeconds: 3_600,
  requestsPerSecond: 0.5,
  attribution: { name: 'The Muse', url: 'https://www.themuse.com/', followLink: true },
  absence: 'says_nothing',

  async fetchPage({ fetchJson, cursor, signal }) {
    const position = readCursor(cursor);
    const number = numberAt(position, 0);
    const url = `https://www.themuse.com/api/public/jobs?page=${number}&descending=true`;
    // The Muse says 403 where others say 429.
    const slowDownStatuses = [403];
    const body = await fetchJson({
      url,
      hosts: themuse.hosts,
      container: 'object',
      signal,
      slowDownStatuses,
    });
    const answer = readEnvelope(themuse, envelope, body);
    const page = await readPostings(themuse, { items: answer.results, item: job, signal }, (item) => {
      const names = (item.locations ?? []).map(({ name }) => name);
      const locations = places(names.filter((name) => !/^flexible \/ remote$/i.test(name ?? '')));
      return {
        boardPostingId: item.id,
        url: item.refs.landing_page,
        title: item.name,
        company: item.company.name,
        locations,
        country: countryOf(locations),
        workMode: workModeIn(item.name, ...names),
        ...postedAt(item.publication_date),
        description: item.contents,
        tags: [...(item.categories ?? []), ...(item.levels ?? [])].map(({ name }) => name),
      };
    });
    const { postings } = page;
    const { length } = answer.results;
    const next = length > 0 && number + 1 < (answer.page_count ?? 0) ? String(number + 1) : null;
    return { ...page, ...pageAfter({ position, next, length, postings, maxPages }) };
  },
};
