import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BoardName } from '../../domain/board.js';
import { postingSchema } from '../../domain/posting.js';
import { createSampleBoards, type SampleBoards } from '../../local/boards/index.js';
import type { BoardPage } from './board.js';
import { boardFetchLimits, type ClosableFetchJson, createFetchJson } from './fetch-json.js';
import { boardByName } from './registry.js';

/** Answers of real boards, recorded. They belong to the boards and are not part of the project. */
const recorded = process.env.SHARED_DATA ?? resolve('../shared/data/boards');
const hasRecordings = existsSync(resolve(recorded, 'remotive/capture.json'));
if (!hasRecordings) console.warn(`Skipped: there are no recorded answers in ${recorded}`);

(hasRecordings ? describe : describe.skip)('recorded answers', () => {
  let sample: SampleBoards;
  let fetchJson: ClosableFetchJson;

  beforeAll(async () => {
    sample = createSampleBoards({ replayDir: recorded });
    await sample.listen(0);
    fetchJson = createFetchJson({
      mode: 'sample',
      sampleUrl: sample.url,
      limits: boardFetchLimits.parse({}),
    });
  });
  afterAll(async () => {
    await fetchJson.close();
    await sample.close();
  });

  async function readAll(name: BoardName, company?: { token: string; name: string }) {
    const pages: BoardPage[] = [];
    let cursor: string | null = null;
    do {
      const { signal } = new AbortController();
      const page: BoardPage = await boardByName(name).fetchPage({
        fetchJson,
        cursor,
        signal,
        settings: {},
        company,
      });
      pages.push(page);
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(pages.map(({ skipped }) => skipped)).toEqual(pages.map(() => 0));
    const postings = pages.flatMap((page) => page.postings);
    for (const posting of postings) {
      expect(postingSchema.parse(posting)).toEqual(posting);
      expect(posting.descriptionHtml).not.toMatch(/style=|<script|<span|&lt;p|javascript:/);
      expect(posting.descriptionText.length).toBeGreaterThan(5);
      expect(`${posting.descriptionText} ${posting.title}`).not.toMatch(
        /<\/?[a-z]+>|&amp;|&nbsp;|â€|[\w.]+@[\w.]+\.\w/,
      );
      expect(posting.attribution).toMatchObject({ name: boardByName(name).label, url: posting.url });
    }
    return postings;
  }

  test('of Remotive', async () => {
    expect(await readAll('remotive')).toMatchObject([
      {
        boardPostingId: '2091093',
        locations: ['USA'],
        country: 'US',
        employmentType: 'part_time',
        salary: { raw: 'Pay per task' },
        postedAt: '2026-08-13T06:25:53.000Z',
      },
      {
        company: 'Coalition Technologies',
        salary: { min: 31_200, max: 52_000, currency: 'USD', period: 'year' },
      },
      { company: 'Credit Wellness, LLC', salary: { min: 25_000, max: 35_000, raw: 'OTE $25k - $35k' } },
    ]);
  });

  test('of Arbeitnow', async () => {
    const postings = await readAll('arbeitnow');
    expect(postings).toHaveLength(5);
    expect(postings.slice(0, 3)).toMatchObject([
      { locations: ['Offenburg'], workMode: 'onsite', postedAt: '2026-08-15T15:30:24.000Z' },
      { employmentType: 'part_time' },
      {
        company: 'veeamsoftware',
        workMode: 'remote',
        descriptionHtml: expect.stringMatching(/^<div><div>\s*<p>Veeam/),
      },
    ]);
  });

  test('of Remote OK', async () => {
    expect(await readAll('remoteok')).toMatchObject([
      { boardPostingId: '1136719', locations: ['Cammeray'], salary: undefined, tags: [] },
      { title: 'Brand Protection & Marketplace Compliance Analyst', locations: [] },
      {
        company: 'Wolt',
        descriptionText: expect.stringContaining('Now we’re building'),
        locations: ['Marsa'],
      },
    ]);
  });

  test('of Jobicy', async () => {
    expect(await readAll('jobicy')).toMatchObject([
      {
        locations: ['LATAM', 'Hong Kong', 'Mexico', 'Singapore'],
        tags: ['Product & Operations', 'Director'],
      },
      { title: 'Senior DevOps Engineer - LATAM', employmentType: 'full_time', salary: undefined },
      { company: 'GiveDirectly', salary: { min: 115_000, max: 115_000, currency: 'USD', period: 'year' } },
    ]);
  });

  test('of Lever', async () => {
    expect(await readAll('lever', { token: 'spotify', name: 'Spotify' })).toMatchObject([
      {
        company: 'Spotify',
        companyToken: 'spotify',
        locations: ['London', 'Stockholm'],
        country: 'GB',
        workMode: 'hybrid',
        descriptionText: expect.stringContaining("What You'll Do\n- Develop and maintain"),
      },
      { country: 'VN', employmentType: 'temporary', postedAt: '2026-08-27T03:43:07.805Z' },
    ]);
  });

  test('of Ashby', async () => {
    expect(await readAll('ashby', { token: 'notion', name: 'Notion' })).toMatchObject([
      { company: 'Notion', country: 'US', workMode: 'hybrid', locations: ['New York, New York'] },
      { postedAt: '2026-04-01T23:05:05.541Z' },
      { locations: ['San Francisco, California', 'New York, New York'] },
    ]);
  });

  test('of Greenhouse: none, which is a company that it does not know', async () => {
    await expect(readAll('greenhouse', { token: 'gitlab', name: 'GitLab' })).rejects.toMatchObject({
      errorClass: 'not_found',
    });
  });
});
