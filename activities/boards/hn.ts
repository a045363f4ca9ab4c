import { z } from 'zod';
import { type Board, BoardError, type FetchJson } from './board.js';
import { countryOf } from './normalise/countries.js';
import { postedAt } from './normalise/dates.js';
import { readHiringComment } from './normalise/hiring-comment.js';
import { readEnvelope, readPostings } from './read-postings.js';

const stories = z.looseObject({
  hits: z.array(z.looseObject({ objectID: z.string().regex(/^\d+$/), title: z.string().nullish() })),
});

const thread = z.looseObject({ children: z.array(z.unknown()) });

const comment = z.looseObject({
  id: z.int(),
  /** `null` when it was deleted. */
  text: z.string().nullable(),
  created_at: z.string().nullish(),
});

/**
 * Hacker News, "Ask HN: Who is hiring?": a thread a month, whose comments at the top level are the postings.
 * https://hn.algolia.com/api (two requests a sync: which thread is the newest, and the thread)
 */
export const hn: Board = {
  name: 'hn',
  label: 'Hacker News',
  kind: 'feed',
  hosts: ['hn.algolia.com'],
  minSyncIntervalSeconds: 3_600,
  requestsPerSecond: 0.5,
  attribution: { name: 'Hacker News', url: 'https://news.ycombinator.com/', followLink: true },
  absence: 'says_nothing',

  async fetchPage({ fetchJson, signal }) {
    const id = await newestThread(fetchJson, signal);
    const url = `https://hn.algolia.com/api/v1/items/${id}`;
    const body = await fetchJson({ url, hosts: hn.hosts, container: 'object', signal });
    const { children } = readEnvelope(hn, thread, body);
    const page = await readPostings(hn, { items: children, item: comment, signal }, (item) => {
      const said = readHiringComment(item.text ?? '');
      return said?.roles.map((role) => {
        // Jobs of one comment are told apart by the fragment: by the page alone they would be one job.
        const several = said.roles.length > 1 ? slugOf(role) : '';
        return {
          boardPostingId: [item.id, several].filter(Boolean).join('-'),
          url: `https://news.ycombinator.com/item?id=${item.id}${several && `#${several}`}`,
          title: role,
          company: said.company,
          locations: said.locations,
          country: countryOf(said.locations),
          workMode: said.workMode,
          employmentType: said.employmentType,
          salary: said.salary,
          ...postedAt(item.created_at),
          description: item.text ?? '',
          tags: [],
        };
      });
    });
    return { ...page, nextCursor: null };
  },
};

/** The same account asks every month who wants to be hired, too. */
async function newestThread(fetchJson: FetchJson, signal: AbortSignal): Promise<string> {
  const url = 'https://hn.algolia.com/api/v1/search_by_date?tags=story,author_whoishiring&hitsPerPage=12';
  const body = await fetchJson({ url, hosts: hn.hosts, container: 'object', signal });
  const { hits } = readEnvelope(hn, stories, body);
  const newest = hits.find(({ title }) => /\bwho is hiring\?/i.test(title ?? ''));
  if (!newest) throw new BoardError('bad_response', 'Hacker News named no thread "Who is hiring?"');
  return newest.objectID;
}

const slugOf = (role: string) =>
  role
    .toLowerCase()
    .replace(/[^\p{L}\p{N}+#]+/gu, '-')
    .replace(/^-|-$/g, '');
