import { z } from 'zod';
import type { Board } from './board.js';
import { countryOf } from './normalise/countries.js';
import { postedAt } from './normalise/dates.js';
import { repairMojibake } from './normalise/mojibake.js';
import { placesIn } from './normalise/places.js';
import { salary } from './normalise/salary.js';
import { readPostings } from './read-postings.js';

const job = z.looseObject({
  id: z.union([z.string().min(1), z.int()]),
  epoch: z.union([z.number(), z.string()]).nullish(),
  date: z.string().nullish(),
  company: z.string(),
  position: z.string(),
  tags: z.array(z.string()).nullish(),
  description: z.string(),
  location: z.string().nullish(),
  apply_url: z.string().nullish(),
  salary_min: z.unknown().optional(),
  salary_max: z.unknown().optional(),
  url: z.string(),
});

/** The first element holds the terms; it has neither an id nor a position. */
const isTerms = (item: unknown) =>
  typeof item === 'object' && item !== null && 'legal' in item && !('id' in item) && !('position' in item);

/**
 * Remote OK: its newest postings in one answer. https://remoteok.com/api
 * Terms, in each answer: a link back to the posting there, followed by search engines, and the name of the source.
 */
export const remoteok: Board = {
  name: 'remoteok',
  label: 'Remote OK',
  kind: 'feed',
  hosts: ['remoteok.com'],
  minSyncIntervalSeconds: 3_600,
  requestsPerSecond: 1 / 10,
  attribution: { name: 'Remote OK', url: 'https://remoteok.com/', followLink: true },
  absence: 'says_nothing',

  async fetchPage({ fetchJson, signal }) {
    const url = 'https://remoteok.com/api';
    const body = await fetchJson({ url, hosts: remoteok.hosts, container: 'array', signal });
    const items = (body as unknown[]).filter((item) => !isTerms(item));
    const page = await readPostings(remoteok, { items, item: job, signal }, (item) => {
      const [title, company, description, location] = [
        item.position,
        item.company,
        item.description,
        item.location,
      ].map((text) => repairMojibake(text ?? '')) as [string, string, string, string];
      const locations = placesIn(location);
      return {
        boardPostingId: item.id,
        url: item.url,
        applyUrl: item.apply_url,
        title,
        company,
        locations,
        country: countryOf(locations),
        workMode: 'remote',
        // The board states pay as US dollars a year, 0 when it is not known.
        salary: salary({ min: item.salary_min, max: item.salary_max, currency: 'USD', period: 'year' }),
        ...postedAt(item.date ?? item.epoch),
        description,
        tags: spokenTags(item.tags ?? [], `${title} ${description}`),
      };
    });
    return { ...page, nextCursor: null };
  },
};

/** The board hangs thirty and more guesses on a posting; those that its own words bear out are kept. */
function spokenTags(tags: string[], text: string): string[] {
  const words = text.toLowerCase();
  return tags.filter((tag) => tag.length > 1 && words.includes(tag.toLowerCase()));
}
