import type postgres from 'postgres';
import type { Posting } from '../../domain/posting.js';
import type { SearchParameters } from '../../domain/search.js';
import { posting, recordPage, search } from './fixtures.js';

const year = (min: number | undefined, max: number | undefined, currency = 'GBP') =>
  ({ min, max, currency, period: 'year' }) as const;
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

/** A search names a posting by its title, so that a test reads as what was looked for and what came. */
const jobs: Partial<Posting>[] = [
  { title: 'React Developer', company: 'Globex', tags: ['javascript'] },
  { title: 'Senior React Developer', company: 'Initech', tags: ['javascript'] },
  { title: 'Developer Advocate', company: 'Hooli', descriptionText: 'You know React. A developer at heart.' },
  { title: 'Office Manager', company: 'Hooli', descriptionText: 'Our developers write React all day.' },
  { title: 'Site Reliability Engineer', company: 'Umbrella', tags: ['kubernetes'] },
  { title: 'Reliability Engineer for our Site in Leeds', company: 'Umbrella' },
  { title: 'Node.js Engineer', company: 'Vandelay' },
  { title: 'C++ Programmer', company: 'Umbrella' },
  { title: 'C# Programmer', company: 'Umbrella' },
  { title: 'C Programmer', company: 'Umbrella' },
  { title: 'Pflegefachkraft (m/w/d)', company: 'Charité', locations: ['Berlin'], country: 'DE' },
  { title: 'Développeur Ruby', company: 'Acme', locations: ['Zürich, Schweiz'] },
  { title: 'Инженер-программист', company: 'Acme', locations: ['Київ'] },
  { title: '100%_remote \\ Baker', company: 'O\'Reilly & "Sons"', locations: ['100%_here'] },
  // Places.
  { title: 'Welder', company: 'Austin', locations: ['Austin, Texas'], country: 'US' },
  { title: 'Welder', company: 'Vienna', locations: ['Vienna, Austria'], country: 'AT' },
  { title: 'Welder', company: 'York', locations: ['New York, NY', 'Boston, MA'], country: 'US' },
  { title: 'Welder', company: 'Anywhere', locations: ['Worldwide'], country: undefined, workMode: 'remote' },
  { title: 'Welder', company: 'Nowhere', locations: [], country: undefined, workMode: 'remote' },
  {
    title: 'Welder',
    company: 'FarAway',
    locations: ['Sydney, Australia'],
    country: 'AU',
    workMode: 'remote',
  },
  { title: 'Welder', company: 'Unplaced', locations: [], workMode: 'unknown' },
  // Pay.
  { title: 'Pilot', company: 'Below', salary: year(30_000, 40_000) },
  { title: 'Pilot', company: 'Within', salary: year(40_000, 60_000) },
  { title: 'Pilot', company: 'LeastOnly', salary: year(60_000, undefined) },
  { title: 'Pilot', company: 'Hourly', salary: { max: 30, currency: 'GBP', period: 'hour' } },
  { title: 'Pilot', company: 'HourlyBelow', salary: { max: 10, currency: 'GBP', period: 'hour' } },
  { title: 'Pilot', company: 'OtherCurrency', salary: year(10_000, 20_000, 'EUR') },
  { title: 'Pilot', company: 'NoCurrency', salary: { max: 10, period: 'year' } },
  { title: 'Pilot', company: 'NoPeriod', salary: { max: 10, currency: 'GBP' } },
  { title: 'Pilot', company: 'Unknown', salary: { raw: 'competitive' } },
  // Age.
  { title: 'Gardener', company: 'Today', postedAt: daysAgo(0.1) },
  { title: 'Gardener', company: 'LastWeek', postedAt: daysAgo(6.5) },
  { title: 'Gardener', company: 'LastMonth', postedAt: daysAgo(30) },
  { title: 'Gardener', company: 'NoDate' },
  { title: 'Gardener', company: 'Expired', postedAt: daysAgo(1), expiresAt: daysAgo(0.5) },
  { title: 'Gardener', company: 'NotExpired', postedAt: daysAgo(40), expiresAt: daysAgo(-1) },
];

/** The jobs above on Remotive, and two of them on a second board. */
export async function recordCatalogue(sql: postgres.Sql): Promise<void> {
  await recordPage(sql, 'remotive', jobs.map(posting));
  await recordPage(sql, 'arbeitnow', [
    posting({ board: 'arbeitnow', title: 'React Developer', company: 'Elsewhere' }),
    posting({ board: 'arbeitnow', title: 'Welder', company: 'Austin', locations: ['Austin'], country: 'US' }),
  ]);
}

export type Asked = Partial<SearchParameters>;

/** What fits a search, best first. */
export function matches(sql: postgres.Sql, asked: Asked, place?: { in: string[]; reach: string[] }) {
  const parameters = search(asked);
  return sql<{ posting_id: string; title: string; company: string; score: number }[]>`
    select m.posting_id, p.title, p.company, m.score
    from matching_postings(${sql.json(parameters as never)}, ${parameters.boards}, ${place?.in ?? null}, ${place?.reach ?? null}, 100)
      with ordinality m (posting_id, score, n)
    join postings p on p.id = m.posting_id order by m.n`;
}
