import { z } from 'zod';
import type { Board } from './board.js';
import { countryOf } from './normalise/countries.js';
import { expiresAt, postedAt } from './normalise/dates.js';
import { employmentType } from './normalise/employment.js';
import { places, workModeIn } from './normalise/places.js';
import { period, salary } from './normalise/salary.js';
import { countedPageAfter, countedPageAt, pageAfter, readCursor } from './paging.js';
import { isIn, placeOf, queryOf, settingOf } from './query.js';
import { readEnvelope, readPostings } from './read-postings.js';

/** Of the 500 that it would give: each of its postings is long. */
const pageSize = 100;
const maxPages = 5;

const envelope = z.looseObject({
  SearchResult: z.looseObject({
    /** A number, or one in quotes. */
    SearchResultCountAll: z.coerce.number(),
    SearchResultItems: z.array(z.unknown()),
  }),
});

const names = z.array(z.looseObject({ Name: z.string().nullish() })).nullish();
const text = z.union([z.string(), z.array(z.string())]).nullish();

const job = z.looseObject({
  MatchedObjectId: z.union([z.string(), z.int()]),
  MatchedObjectDescriptor: z.looseObject({
    PositionTitle: z.string(),
    PositionURI: z.string(),
    ApplyURI: z.array(z.string()).nullish(),
    OrganizationName: z.string(),
    PositionLocation: z
      .array(z.looseObject({ LocationName: z.string().nullish(), CountryCode: z.string().nullish() }))
      .nullish(),
    PositionLocationDisplay: z.string().nullish(),
    JobCategory: names,
    PositionSchedule: names,
    PositionOfferingType: names,
    QualificationSummary: text,
    /** Amounts as text: "97738.0". */
    PositionRemuneration: z
      .array(
        z.looseObject({
          MinimumRange: z.unknown().optional(),
          MaximumRange: z.unknown().optional(),
          RateIntervalCode: z.unknown().optional(),
        }),
      )
      .nullish(),
    PublicationStartDate: z.string().nullish(),
    ApplicationCloseDate: z.string().nullish(),
    UserArea: z
      .looseObject({
        Details: z
          .looseObject({ JobSummary: text, MajorDuties: text, RemoteIndicator: z.unknown().optional() })
          .nullish(),
      })
      .nullish(),
  }),
});

/**
 * USAJobs, the jobs of the federal government of the USA: searched by words and place, paged by number from 1.
 * https://developer.usajobs.gov/api-reference/get-api-search
 */
export const usajobs: Board = {
  name: 'usajobs',
  label: 'USAJobs',
  kind: 'query',
  hosts: ['data.usajobs.gov'],
  minSyncIntervalSeconds: 3_600,
  requestsPerSecond: 0.5,
  attribution: { name: 'USAJobs', url: 'https://www.usajobs.gov/', followLink: false },
  absence: 'says_nothing',
  needs: { settings: ['USAJOBS_API_KEY', 'USAJOBS_EMAIL'], without: 'needs_key' },

  async fetchPage({ fetchJson, cursor, settings, signal, ...request }) {
    const query = queryOf(usajobs, request);
    const place = placeOf(query);
    // Its jobs abroad are few, and soldiers' and diplomats'.
    if (!isIn('US', place)) return { postings: [], skipped: 0, nextCursor: null };

    const position = readCursor(cursor);
    const { number } = countedPageAt(position);
    const asked = new URLSearchParams({
      Keyword: query.title,
      ...(place.within !== null && { LocationName: place.within }),
      ...(query.remoteOnly && { RemoteIndicator: 'True' }),
      // Summary and duties are left out otherwise.
      Fields: 'Full',
      ResultsPerPage: String(pageSize),
      Page: String(number),
    });
    const body = await fetchJson({
      url: `https://data.usajobs.gov/api/search?${asked}`,
      hosts: usajobs.hosts,
      container: 'object',
      signal,
      headers: {
        'user-agent': settingOf(usajobs, settings, 'USAJOBS_EMAIL'),
        'authorization-key': settingOf(usajobs, settings, 'USAJOBS_API_KEY'),
      },
      withKey: true,
    });
    const { SearchResult: result } = readEnvelope(usajobs, envelope, body);
    const items = result.SearchResultItems;
    const page = await readPostings(usajobs, { items, item: job, signal }, (item) => {
      const about = item.MatchedObjectDescriptor;
      const details = about.UserArea?.Details;
      const where = about.PositionLocation ?? [];
      const [pay] = about.PositionRemuneration ?? [];
      return {
        boardPostingId: item.MatchedObjectId,
        url: about.PositionURI,
        applyUrl: about.ApplyURI?.[0],
        title: about.PositionTitle,
        company: about.OrganizationName,
        locations: places(where.map(({ LocationName }) => LocationName)),
        country: countryOf(where.map(({ CountryCode }) => CountryCode ?? '')),
        workMode: isTrue(details?.RemoteIndicator)
          ? 'remote'
          : workModeIn(about.PositionTitle, about.PositionLocationDisplay),
        employmentType: employmentType(
          ...(about.PositionSchedule ?? []).map(({ Name }) => Name),
          ...(about.PositionOfferingType ?? []).map(({ Name }) => Name),
        ),
        salary: salary({
          min: pay?.MinimumRange,
          max: pay?.MaximumRange,
          currency: 'USD',
          period: period(pay?.RateIntervalCode),
        }),
        ...postedAt(about.PublicationStartDate),
        ...expiresAt(about.ApplicationCloseDate),
        description: [details?.JobSummary, details?.MajorDuties, about.QualificationSummary]
          .flatMap((part) => part ?? [])
          .map((part) => `<p>${part}</p>`)
          .join('\n'),
        tags: (about.JobCategory ?? []).map(({ Name }) => Name),
      };
    });
    const { postings } = page;
    const { length } = items;
    const next = countedPageAfter(position, { length, total: result.SearchResultCountAll });
    return { ...page, ...pageAfter({ position, next, length, postings, maxPages }) };
  },
};

const isTrue = (flag: unknown) => /^true$/i.test(String(flag));
