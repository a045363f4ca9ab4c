import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BoardName } from '../../domain/board.js';
import { postingSchema } from '../../domain/posting.js';
import { createSampleBoards, type SampleBoards } from '../../local/boards/index.js';
import type { BoardPage } from './board.js';
import { boardFetchLimits, type ClosableFetchJson, createFetchJson } from './fetch-json.js';
import { boardByName } from './registry.js';
import { askedOf } from './testing/contract.js';

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
      const asked = { ...askedOf(boardByName(name)), fetchJson, company };
      const page: BoardPage = await boardByName(name).fetchPage({ ...asked, cursor });
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

  test('of Hacker News: one comment for three jobs', async () => {
    const postings = await readAll('hn');
    expect(postings).toMatchObject([
      {
        boardPostingId: '49522903',
        url: 'https://news.ycombinator.com/item?id=49522903',
        title: 'Senior Product Engineer',
        company: 'Modash.io',
        locations: ['Remote (Europe)'],
        workMode: 'remote',
        employmentType: 'full_time',
        salary: { min: 75_000, max: 110_000, currency: 'EUR', period: 'year' },
        postedAt: '2026-09-01T15:01:54.000Z',
      },
      {
        title: 'Fullstack SWE',
        company: 'Quill',
        locations: [],
        workMode: 'remote',
        salary: { min: 150_000, max: 210_000, currency: 'USD', period: 'year' },
      },
      { title: 'Senior/Lead Platform & DevOps Engineer' },
      { title: 'Senior Frontend Engineer' },
      { title: 'Senior Full-Stack Engineer' },
    ]);
    for (const posting of postings.slice(2)) {
      expect(posting).toMatchObject({
        company: 'Open Education Applications / Neon',
        locations: ['Utrecht, The Netherlands'],
        workMode: 'hybrid',
        country: 'NL',
      });
    }
  });

  test('of Recruitee', async () => {
    const postings = await readAll('recruitee', { token: 'channable', name: 'Channable' });
    expect(postings).toMatchObject([
      {
        boardPostingId: '2751915',
        url: 'https://jobs.channable.com/o/customer-success-manager-benelux-dutch-speaking-3',
        company: 'Channable',
        locations: ['Utrecht, Netherlands'],
        country: 'NL',
        workMode: 'hybrid',
        employmentType: 'full_time',
        salary: { min: 3_750, max: 5_250, currency: 'EUR', period: 'month' },
        postedAt: '2026-09-18T13:27:28.000Z',
        descriptionText: expect.stringMatching(/^Channable is .*\nYour role\n- Portfolio & client/s),
      },
      { salary: { min: 115_000, max: 130_000, currency: 'EUR', period: 'year' } },
    ]);
  });

  test('of SmartRecruiters', async () => {
    expect(await readAll('smartrecruiters', { token: 'Ubisoft2', name: 'Ubisoft' })).toMatchObject([
      {
        boardPostingId: '744000151912444',
        url: 'https://jobs.smartrecruiters.com/Ubisoft2/744000151912444',
        company: 'Ubisoft',
        locations: ['Montreal, QC, Canada'],
        country: 'CA',
        workMode: 'onsite',
        employmentType: 'full_time',
        postedAt: '2026-09-25T18:18:52.891Z',
      },
      { locations: ['Paris, IDF, France'], country: 'FR', employmentType: 'internship' },
    ]);
  });

  test('of Workable', async () => {
    expect(await readAll('workable', { token: 'huggingface', name: 'Hugging Face' })).toMatchObject([
      {
        boardPostingId: '81B46579FE',
        url: 'https://apply.workable.com/j/81B46579FE',
        company: 'Hugging Face',
        locations: ['Paris, Île-de-France, France'],
        country: 'FR',
        workMode: 'remote',
        postedAt: '2026-05-29T00:00:00.000Z',
        postedAtPrecision: 'day',
      },
    ]);
  });

  test('of USAJobs', async () => {
    expect(await readAll('usajobs')).toMatchObject([
      {
        boardPostingId: '645184400',
        url: 'https://www.usajobs.gov/GetJob/ViewDetails/645184400',
        applyUrl: 'https://www.usajobs.gov/GetJob/ViewDetails/645184400?PostingChannelID=',
        title: 'COMPUTER SCIENTIST (DATA SCIENTIST/DATA ANALYST)',
        company: 'Defense Counterintelligence and Security Agency',
        locations: ['Fort Meade, Maryland', 'Arlington, Virginia'],
        country: 'US',
        employmentType: 'full_time',
        salary: { min: 97_738, max: 138_868, currency: 'USD', period: 'year' },
        postedAt: '2022-03-25T11:18:12.420Z',
        expiresAt: '2022-04-14T23:59:59.997Z',
        tags: ['Computer Science'],
      },
    ]);
  });

  test('of Greenhouse: none, which is a company that it does not know', async () => {
    await expect(readAll('greenhouse', { token: 'gitlab', name: 'GitLab' })).rejects.toMatchObject({
      errorClass: 'not_found',
    });
  });
});
