import { escapeUTF8 } from 'entities';
import { Feed } from 'feed';
import { z } from 'zod';
import { formatSalary } from '../domain/pay-text.js';
import { describeSearch, searchParametersSchema } from '../domain/search.js';
import type { FeedFormat, FeedLinks } from './feed-schemas.js';
import { postingRowSchema, toPosting } from './result-rows.js';
import type { Posting } from './result-schemas.js';
import { timestamp } from './rows.js';

/** What the database tells of a feed (`feed_postings`). */
export const feedRowSchema = z.object({
  saved_search_id: z.uuid(),
  name: z.string(),
  parameters: searchParametersSchema,
  updated_at: timestamp,
  items: z.array(postingRowSchema.omit({ at: true }).extend({ found_at: timestamp })),
});
export type FeedRow = z.infer<typeof feedRowSchema>;

export const feedContentTypes: Record<FeedFormat, string> = {
  rss: 'application/rss+xml; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
};

/** Where each form of a feed is read. */
export function feedLinks(siteUrl: string, token: string): FeedLinks {
  const at = (format: FeedFormat) => new URL(`/feeds/${token}/${format}`, siteUrl).href;
  return { rss: at('rss'), atom: at('atom'), json: at('json') };
}

/** The feed's text: the same as long as nothing new was found, so that readers are told that nothing changed. */
export function feedDocument(row: FeedRow, format: FeedFormat, links: FeedLinks): string {
  const updated = new Date(row.updated_at);
  const feed = new Feed({
    id: `urn:uuid:${row.saved_search_id}`,
    title: `${row.name} · Searching The Fox`,
    description: `Jobs found for ${describeSearch(row.parameters)}`,
    link: new URL('/saved', links.rss).href,
    feedLinks: links,
    feed: links[format],
    updated,
    generator: 'Searching The Fox',
    language: 'en',
  });
  for (const item of row.items) {
    const posting = toPosting(item);
    const { title, company, sources } = posting;
    const named = printable(`${title} at ${company}`);
    const summary = printable(facts(posting).join(' · '));
    feed.addItem({
      id: `urn:uuid:${posting.postingId}`,
      // Atom's titles and every summary but JSON's are read as HTML.
      title: format === 'atom' ? escapeUTF8(named) : named,
      description: format === 'json' ? summary : escapeUTF8(summary),
      content: printable(contentOf(posting)),
      link: sources[0]?.url ?? links[format],
      date: new Date(item.found_at),
      ...(posting.postedAt !== null && { published: new Date(posting.postedAt) }),
      // RSS wants an address here, which companies do not give.
      ...(format !== 'rss' && { author: [{ name: printable(company) }] }),
      category: sources.map(({ label }) => ({ name: label, term: label })),
    });
  }
  return { rss: () => feed.rss2(), atom: () => feed.atom1(), json: () => feed.json1() }[format]();
}

function facts({ company, locations, workMode, salary, closedAt }: Posting): string[] {
  return [
    company,
    locations.join('; '),
    workMode === 'unknown' ? null : workMode,
    formatSalary(salary),
    closedAt === null ? null : 'closed',
  ].filter((fact): fact is string => Boolean(fact));
}

/** What a reader shows: the facts, the first lines, and each board with the credit that it asks for. */
function contentOf(posting: Posting): string {
  const text = (words: string) => escapeUTF8(words);
  const boards = posting.sources.map(
    ({ url, attribution }) => `<a href="${text(url)}">${text(attribution.name)}</a>`,
  );
  return [
    `<p>${facts(posting).map(text).join(' · ')}</p>`,
    `<p>${text(posting.excerpt)}…</p>`,
    `<p>From ${boards.join(' and ')}</p>`,
  ].join('');
}

/** Without the characters that XML 1.0 has no place for; a reader refuses a whole feed for one of them. */
function printable(words: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  return words.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
}
