import type { BoardPage, FetchJson } from './board.js';
import { first, read } from './testing/read.js';

/** What each of these boards has been seen to get wrong, one test a trap. */

const greenhouseJob = {
  id: 1,
  internal_job_id: 2,
  title: 'A',
  absolute_url: 'https://careers.acme.example/?gh_jid=1',
  content: '&lt;p&gt;a&lt;/p&gt;',
};
const leverPosting = { id: 'a-1', text: 'A', hostedUrl: 'https://jobs.lever.co/acme/a-1' };
const ashbyJob = { id: 'a-1', title: 'A', jobUrl: 'https://jobs.ashbyhq.com/acme/a-1' };

describe('greenhouse', () => {
  test('content is escaped once, the date is that of publication, prospect posts are no jobs', async () => {
    const job = {
      ...greenhouseJob,
      updated_at: '2026-11-25T00:00:00-05:00',
      first_published: '2026-08-01T10:00:00-04:00',
      location: { name: 'Remote, US' },
      metadata: [{ name: 'Pay', value: { min_value: '1' } }],
      application_deadline: null,
    };
    const prospect = { ...greenhouseJob, id: 3, internal_job_id: null };
    const { postings, skipped } = await read('greenhouse', { jobs: [job, prospect], meta: { total: 2 } });
    expect(skipped).toBe(0);
    expect(postings).toMatchObject([
      {
        boardPostingId: '1',
        company: 'Acme',
        companyToken: 'acme',
        descriptionHtml: '<p>a</p>',
        postedAt: '2026-08-01T14:00:00.000Z',
        workMode: 'remote',
        country: 'US',
      },
    ]);
  });

  test('a company may keep the workplace in a field of its own', async () => {
    const job = {
      ...greenhouseJob,
      metadata: [{ name: 'Workplace Type', value: 'Hybrid' }],
      location: { name: 'Cork' },
    };
    expect(await first('greenhouse', { jobs: [job] })).toMatchObject({ workMode: 'hybrid' });
  });
});

describe('lever', () => {
  test('the next page starts after what came, not after what was asked for, until nothing comes', async () => {
    const list = Array.from({ length: 130 }, (_, index) => ({ ...leverPosting, id: `p-${index}` }));
    const asked: string[] = [];
    const capped: FetchJson = async ({ url }) => {
      asked.push(url);
      const skip = Number(new URL(url).searchParams.get('skip'));
      return list.slice(skip, skip + 60);
    };
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: BoardPage = await read('lever', capped, cursor);
      seen.push(...page.postings.map(({ boardPostingId }) => boardPostingId));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(list.map(({ id }) => id));
    expect(asked.map((url) => new URL(url).searchParams.get('skip'))).toEqual(['0', '60', '120', '130']);
  });

  test('a site that ignores the offset is read once', async () => {
    const { nextCursor } = await read('lever', [leverPosting]);
    expect((await read('lever', [leverPosting], nextCursor)).nextCursor).toBeNull();
  });

  test('text lies in parts, the workplace has two spellings, the company is not named', async () => {
    const posting = {
      ...leverPosting,
      categories: { location: 'London', allLocations: ['London', 'Stockholm'], commitment: 'Permanent' },
      country: 'GB',
      createdAt: 1_782_214_185_805,
      workplaceType: 'onsite',
      description: '<div>About us</div>',
      lists: [{ text: 'What you’ll do', content: '<li>Build</li>' }],
      additional: '<div>Equal opportunity</div>',
      salaryRange: { currency: 'GBP', interval: 'per-year-salary', min: 60_000, max: 80_000 },
    };
    expect(await first('lever', [posting])).toMatchObject({
      company: 'Acme',
      locations: ['London', 'Stockholm'],
      country: 'GB',
      workMode: 'onsite',
      employmentType: 'full_time',
      postedAt: '2026-06-23T11:29:45.805Z',
      salary: { min: 60_000, max: 80_000, currency: 'GBP', period: 'year' },
      descriptionText: 'About us\nWhat you’ll do\n- Build\n\nEqual opportunity',
    });
  });
});

describe('ashby', () => {
  test('unlisted jobs are not shown', async () => {
    expect(await read('ashby', { jobs: [{ ...ashbyJob, isListed: false }] })).toMatchObject({
      postings: [],
      skipped: 0,
    });
  });

  test.each([
    [{ workplaceType: 'Hybrid', isRemote: true }, 'hybrid'],
    [{ workplaceType: 'OnSite', isRemote: false }, 'onsite'],
    [{ workplaceType: null, isRemote: true }, 'remote'],
    [{ workplaceType: null, isRemote: null }, 'unknown'],
  ])('the workplace type counts before isRemote: %j', async (fields, workMode) => {
    expect(await first('ashby', { jobs: [{ ...ashbyJob, ...fields }] })).toMatchObject({ workMode });
  });

  test('the salary is one part of the pay, and the country has several names', async () => {
    const summaryComponents = [
      { compensationType: 'EquityPercentage', interval: 'NONE', minValue: 1, maxValue: 2 },
      {
        compensationType: 'Salary',
        interval: '1 YEAR',
        currencyCode: 'EUR',
        minValue: 110_000,
        maxValue: 185_000,
      },
    ];
    const job = {
      ...ashbyJob,
      location: 'Dublin',
      secondaryLocations: [{ location: 'London' }, { location: '' }],
      address: { postalAddress: { addressCountry: 'USA' } },
      compensation: { summaryComponents, scrapeableCompensationSalarySummary: '€110K - €185K' },
    };
    expect(await first('ashby', { jobs: [job] })).toMatchObject({
      locations: ['Dublin', 'London'],
      country: 'US',
      salary: { min: 110_000, max: 185_000, currency: 'EUR', period: 'year' },
    });
  });

  test('hidden pay is unknown; pay in words alone is read', async () => {
    const hidden = { summaryComponents: [], scrapeableCompensationSalarySummary: null };
    expect(await first('ashby', { jobs: [{ ...ashbyJob, compensation: hidden }] })).toMatchObject({
      salary: undefined,
    });
    const words = { summaryComponents: [], scrapeableCompensationSalarySummary: '€110K - €185K' };
    expect(await first('ashby', { jobs: [{ ...ashbyJob, compensation: words }] })).toMatchObject({
      salary: { min: 110_000, max: 185_000, currency: 'EUR' },
    });
  });
});
