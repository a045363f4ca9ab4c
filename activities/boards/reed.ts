import { z } from 'zod';
import type { Board } from './board.js';
import { dayFirst, endOfDay, expiresAt, postedAt } from './normalise/dates.js';
import { placesIn, workModeIn } from './normalise/places.js';
import { currency, salary } from './normalise/salary.js';
import { numberAt, pageAfter, readCursor } from './paging.js';
import { isIn, placeOf, queryOf, settingOf, wordsOf } from './query.js';
import { readEnvelope, readPostings } from './read-postings.js';

/** What the board gives at most. */
const pageSize = 100;
/** Most fitting first: what comes later hardly fits the words any more. */
const maxPages = 3;

/** From here on pay is a year's; below it the board does not say whether it is an hour's, a day's or a month's. */
const yearlyFrom = 10_000;

/** Where Reed is. */
const country = 'GB';

const envelope = z.looseObject({ results: z.array(z.unknown()), totalResults: z.number().nullish() });

const job = z.looseObject({
  jobId: z.int(),
  jobTitle: z.string(),
  employerName: z.string(),
  jobUrl: z.string(),
  locationName: z.string().nullish(),
  /** `null` where the employer hides it. */
  minimumSalary: z.number().nullish(),
  maximumSalary: z.number().nullish(),
  currency: z.unknown().optional(),
  /** dd/MM/yyyy */
  date: z.string().nullish(),
  expirationDate: z.string().nullish(),
  jobDescription: z.string().nullish(),
});

/**
 * Reed, in the United Kingdom: searched by words and place, paged by offset; descriptions are their first lines.
 * https://www.reed.co.uk/developers/jobseeker
 */
export const reed: Board = {
  name: 'reed',
  label: 'Reed',
  kind: 'query',
  hosts: ['www.reed.co.uk'],
  minSyncIntervalSeconds: 3_600,
  requestsPerSecond: 0.5,
  attribution: { name: 'Reed', url: 'https://www.reed.co.uk/', followLink: true },
  absence: 'says_nothing',
  needs: { settings: ['REED_API_KEY'], without: 'needs_key' },

  async fetchPage({ fetchJson, cursor, settings, signal, ...request }) {
    const query = queryOf(reed, request);
    const place = placeOf(query);
    if (!isIn(country, place)) return { postings: [], skipped: 0, nextCursor: null };

    const position = readCursor(cursor);
    const offset = numberAt(position, 0);
    const asked = new URLSearchParams({
      keywords: wordsOf(query),
      ...(place.within !== null && { locationName: place.within }),
      resultsToTake: String(pageSize),
      resultsToSkip: String(offset),
    });
    // The key is the user's name; there is no password.
    const credentials = Buffer.from(`${settingOf(reed, settings, 'REED_API_KEY')}:`).toString('base64');
    const body = await fetchJson({
      url: `https://www.reed.co.uk/api/1.0/search?${asked}`,
      hosts: reed.hosts,
      container: 'object',
      signal,
      headers: { authorization: `Basic ${credentials}` },
      withKey: true,
    });
    const { results, totalResults } = readEnvelope(reed, envelope, body);
    const page = await readPostings(reed, { items: results, item: job, signal }, (item) => {
      const locations = placesIn(item.locationName);
      const { minimumSalary: min, maximumSalary: max } = item;
      return {
        boardPostingId: item.jobId,
        url: item.jobUrl,
        title: item.jobTitle,
        company: item.employerName,
        locations,
        country,
        workMode: workModeIn(item.jobTitle, item.locationName),
        salary: salary({
          min,
          max,
          currency: currency(item.currency),
          period: (max ?? min ?? 0) >= yearlyFrom ? 'year' : undefined,
        }),
        ...postedAt(dayFirst(item.date)),
        ...expiresAt(endOfDay(dayFirst(item.expirationDate))),
        description: item.jobDescription ?? '',
        tags: [],
      };
    });
    const { postings } = page;
    const { length } = results;
    const after = offset + length;
    const next = length > 0 && after < (totalResults ?? Number.POSITIVE_INFINITY) ? String(after) : null;
    return { ...page, ...pageAfter({ position, next, length, postings, maxPages }) };
  },
};
