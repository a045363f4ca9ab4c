import { z } from 'zod';
import type { Board } from './board.js';
import { postedAt } from './normalise/dates.js';
import { employmentType } from './normalise/employment.js';
import { places, workModeIn } from './normalise/places.js';
import { salary } from './normalise/salary.js';
import { countedPageAfter, countedPageAt, pageAfter, readCursor } from './paging.js';
import { placeOf, queryOf, settingOf, wordsOf } from './query.js';
import { readEnvelope, readPostings } from './read-postings.js';

/** What the board gives at most. */
const pageSize = 50;
/** Of a query's newest. A free key answers 250 requests a day, 2,500 a month. */
const maxPages = 2;

/** Where Adzuna is, and what it pays in there. */
const currencies: Readonly<Record<string, string>> = {
  AT: 'EUR',
  AU: 'AUD',
  BE: 'EUR',
  BR: 'BRL',
  CA: 'CAD',
  CH: 'CHF',
  DE: 'EUR',
  ES: 'EUR',
  FR: 'EUR',
  GB: 'GBP',
  IN: 'INR',
  IT: 'EUR',
  MX: 'MXN',
  NL: 'EUR',
  NZ: 'NZD',
  PL: 'PLN',
  SG: 'SGD',
  US: 'USD',
  ZA: 'ZAR',
};

const envelope = z.looseObject({ count: z.number(), results: z.array(z.unknown()) });

const named = z.looseObject({ display_name: z.string().nullish() }).nullish();

const job = z.looseObject({
  id: z.union([z.string(), z.int()]),
  title: z.string(),
  redirect_url: z.string(),
  company: z.looseObject({ display_name: z.string() }),
  description: z.string().nullish(),
  location: named,
  category: z.looseObject({ label: z.string().nullish() }).nullish(),
  created: z.string().nullish(),
  salary_min: z.unknown().optional(),
  salary_max: z.unknown().optional(),
  salary_is_predicted: z.unknown().optional(),
  contract_time: z.string().nullish(),
  contract_type: z.string().nullish(),
});

/**
 * Adzuna: one list a country, searched by words and place, newest first; descriptions are cut after 500 characters.
 * https://developer.adzuna.com/docs/search (terms: the words "Jobs by Adzuna" with a link)
 */
export const adzuna: Board = {
  name: 'adzuna',
  label: 'Adzuna',
  kind: 'query',
  hosts: ['api.adzuna.com'],
  minSyncIntervalSeconds: 21_600,
  // 25 a minute.
  requestsPerSecond: 0.4,
  attribution: { name: 'Jobs by Adzuna', url: 'https://www.adzuna.com/', followLink: true },
  absence: 'says_nothing',
  needs: { settings: ['ADZUNA_APP_ID', 'ADZUNA_APP_KEY'], without: 'needs_key' },

  async fetchPage({ fetchJson, cursor, settings, signal, ...request }) {
    const query = queryOf(adzuna, request);
    const { countries, within } = placeOf(query);
    const country = listFor(countries, settings.ADZUNA_COUNTRY);
    // Adzuna is not there.
    if (country === undefined) return { postings: [], skipped: 0, nextCursor: null };
    const currency = currencies[country];

    const position = readCursor(cursor);
    const { number } = countedPageAt(position);
    const asked = new URLSearchParams({
      app_id: settingOf(adzuna, settings, 'ADZUNA_APP_ID'),
      app_key: settingOf(adzuna, settings, 'ADZUNA_APP_KEY'),
      results_per_page: String(pageSize),
      what: wordsOf(query),
      ...(within !== null && { where: within }),
      sort_by: 'date',
    });
    const url = `https://api.adzuna.com/v1/api/jobs/${country.toLowerCase()}/search/${number}?${asked}`;
    const body = await fetchJson({ url, hosts: adzuna.hosts, container: 'object', signal, withKey: true });
    const { count, results } = readEnvelope(adzuna, envelope, body);
    const page = await readPostings(adzuna, { items: results, item: job, signal }, (item) => {
      const title = item.title.replace(/<\/?\w+>/g, '');
      const locations = places([item.location?.display_name]);
      return {
        boardPostingId: item.id,
        url: item.redirect_url,
        title,
        company: item.company.display_name,
        locations,
        country,
        workMode: workModeIn(title, ...locations),
        employmentType: employmentType(item.contract_time, item.contract_type),
        // Predicted pay is Adzuna's guess, not the employer's word.
        salary: isPredicted(item.salary_is_predicted)
          ? undefined
          : salary({ min: item.salary_min, max: item.salary_max, currency, period: 'year' }),
        ...postedAt(item.created),
        description: item.description ?? '',
        tags: [item.category?.label],
      };
    });
    const { postings } = page;
    const { length } = results;
    const next = countedPageAfter(position, { length, total: count });
    return { ...page, ...pageAfter({ position, next, length, postings, maxPages }) };
  },
};

/** The country whose list is asked: one that the place lies in, or the deployment's own when it lies in none known. */
function listFor(countries: readonly string[], own = 'GB'): string | undefined {
  const candidates = countries.length === 0 ? [own] : countries;
  return candidates.find((country) => country in currencies);
}

/** "0" or "1", as text. */
const isPredicted = (flag: unknown) => String(flag) === '1' || flag === true;
