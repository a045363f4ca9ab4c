import { BoardError, type FetchJson } from './board.js';
import { first, read } from './testing/read.js';

/** What each of these boards has been seen to get wrong, one test a trap. */

const remotiveJob = {
  id: 1,
  url: 'https://remotive.com/remote-jobs/a-1',
  title: 'A',
  company_name: 'Acme ',
  description: '<p>a</p>',
};
const arbeitnowJob = {
  slug: 'a-1',
  url: 'https://www.arbeitnow.com/jobs/a-1',
  title: 'A',
  company_name: 'Acme',
  description: '<p>a</p>',
};
const remoteokJob = {
  id: '1',
  url: 'https://remoteOK.com/remote-jobs/a-1',
  position: 'A',
  company: 'Acme',
  description: 'a',
};
const jobicyJob = {
  id: 1,
  url: 'https://jobicy.com/jobs/1-a',
  jobTitle: 'A',
  companyName: 'Acme',
  jobDescription: 'a',
};

describe('remotive', () => {
  test('dates have no time zone, names end in spaces, pay is free text', async () => {
    const job = {
      ...remotiveJob,
      publication_date: '2026-08-13T06:25:53',
      salary: '$31,2k- $52k',
      candidate_required_location: 'USA,  Canada',
      job_type: '',
    };
    expect(await first('remotive', { 'job-count': 1, jobs: [job] })).toMatchObject({
      company: 'Acme',
      postedAt: '2026-08-13T06:25:53.000Z',
      salary: { min: 31_200, max: 52_000 },
      locations: ['USA', 'Canada'],
      workMode: 'remote',
      attribution: { name: 'Remotive', url: remotiveJob.url, followLink: true },
    });
  });

  test('an id that comes twice stands once', async () => {
    expect((await read('remotive', { jobs: [remotiveJob, remotiveJob] })).postings).toHaveLength(1);
  });
});

describe('arbeitnow', () => {
  const page = (data: unknown[], next: string | null) => ({ data, links: { next }, meta: { per_page: 325 } });
  const next = 'https://evil.example/?page=2';

  test('plain and escaped HTML stand side by side', async () => {
    const { postings } = await read(
      'arbeitnow',
      page(
        [arbeitnowJob, { ...arbeitnowJob, slug: 'b-2', description: '&lt;div&gt;b &amp;amp; c&lt;/div&gt;' }],
        null,
      ),
    );
    expect(postings.map(({ descriptionHtml }) => descriptionHtml)).toEqual([
      '<p>a</p>',
      '<div>b &amp; c</div>',
    ]);
  });

  test('pages go by number, never by the address in the answer, and end at the cap', async () => {
    const asked: string[] = [];
    const cursors: (string | null)[] = [];
    let cursor: string | null = null;
    do {
      const number = asked.length + 1;
      const answer: FetchJson = async ({ url }) => {
        asked.push(url);
        return page([{ ...arbeitnowJob, slug: `a-${number}` }], next);
      };
      ({ nextCursor: cursor } = await read('arbeitnow', answer, cursor));
      cursors.push(cursor);
    } while (cursor !== null && asked.length < 20);
    expect(asked).toEqual(
      [1, 2, 3, 4, 5].map((number) => `https://www.arbeitnow.com/api/job-board-api?page=${number}`),
    );
  });

  test('a page that comes again ends the list', async () => {
    const { nextCursor } = await read('arbeitnow', page([arbeitnowJob], next));
    expect(nextCursor).not.toBeNull();
    expect((await read('arbeitnow', page([arbeitnowJob], next), nextCursor)).nextCursor).toBeNull();
  });

  test('places and kinds of employment are mixed lists', async () => {
    const job = {
      ...arbeitnowJob,
      location: 'Berlin, Berlin; München, Bavaria',
      job_types: ['berufseinstieg', 'Teilzeit'],
      remote: false,
      created_at: 1_786_807_824,
    };
    expect(await first('arbeitnow', page([job], null))).toMatchObject({
      locations: ['Berlin, Berlin', 'München, Bavaria'],
      employmentType: 'part_time',
      workMode: 'onsite',
      postedAt: '2026-08-15T15:30:24.000Z',
    });
  });
});

describe('remoteok', () => {
  test('the terms come first and are no posting', async () => {
    const { postings, skipped } = await read('remoteok', [
      { last_updated: 1, legal: 'API Terms' },
      remoteokJob,
    ]);
    expect([postings.length, skipped]).toEqual([1, 0]);
  });

  test('text is mojibake, 0 is no salary, places dangle, hosts are spelled in capitals, tags are guesses', async () => {
    const job = {
      ...remoteokJob,
      position: 'CafÃ© Manager',
      description: 'Weâ\u0080\u0099re hiring for Excel work',
      salary_min: 0,
      salary_max: 0,
      location: 'Cammeray, ',
      tags: ['excel', 'medical', 'c', 'exec'],
    };
    expect(await first('remoteok', [job])).toMatchObject({
      title: 'Café Manager',
      descriptionText: 'We’re hiring for Excel work',
      salary: undefined,
      locations: ['Cammeray'],
      url: 'https://remoteok.com/remote-jobs/a-1',
      tags: ['excel'],
      attribution: { name: 'Remote OK', url: 'https://remoteok.com/remote-jobs/a-1', followLink: true },
    });
  });
});

describe('jobicy', () => {
  const page = (jobs: unknown[], nextCursor: string | null, hasMore = nextCursor !== null) => ({
    jobs,
    nextCursor,
    hasMore,
  });

  test('names are escaped, geography is a list, keys without a value are left out', async () => {
    const job = {
      ...jobicyJob,
      companyLogo: false,
      jobIndustry: ['Product &amp; Operations'],
      jobGeo: 'LATAM,  Hong Kong',
      jobLevel: 'Any',
      jobType: ['Full-Time'],
    };
    expect(await first('jobicy', page([job], null))).toMatchObject({
      tags: ['Product & Operations'],
      locations: ['LATAM', 'Hong Kong'],
      salary: undefined,
      employmentType: 'full_time',
    });
  });

  test('sends only the parameters that the board knows, and the cursor as it came', async () => {
    const asked: URL[] = [];
    const answer: FetchJson = async ({ url }) => {
      asked.push(new URL(url));
      return page([{ ...jobicyJob, id: asked.length }], 'a+b/c=');
    };
    const { nextCursor } = await read('jobicy', answer);
    await read('jobicy', answer, nextCursor);
    expect(asked.map(({ searchParams }) => [...searchParams])).toEqual([
      [['count', '100']],
      [
        ['count', '100'],
        ['cursor', 'a+b/c='],
      ],
    ]);
  });

  test('a cursor that repeats ends the list, and so does hasMore', async () => {
    const { nextCursor } = await read('jobicy', page([jobicyJob], 'same'));
    expect((await read('jobicy', page([{ ...jobicyJob, id: 2 }], 'same'), nextCursor)).nextCursor).toBeNull();
    expect((await read('jobicy', page([jobicyJob], 'more', false))).nextCursor).toBeNull();
  });

  test('an expired cursor starts the list anew; other refusals pass', async () => {
    const { nextCursor } = await read('jobicy', page([jobicyJob], 'old'));
    const refusing =
      (status: number): FetchJson =>
      async ({ url }) => {
        if (!url.includes('cursor')) return page([{ ...jobicyJob, id: 7 }], null);
        throw new BoardError('bad_response', 'Invalid cursor', { status });
      };
    expect((await read('jobicy', refusing(400), nextCursor)).postings).toMatchObject([
      { boardPostingId: '7' },
    ]);
    await expect(read('jobicy', refusing(405), nextCursor)).rejects.toMatchObject({
      options: { status: 405 },
    });
  });
});

describe('every board', () => {
  test('what no database takes does not reach it', async () => {
    const job = {
      ...remotiveJob,
      title: `A\u0000\ud83d${'x'.repeat(400)}`,
      company_name: 'Ac\u0000me',
      description: '<p>a\u0000\udc00</p>',
      tags: Array.from({ length: 90 }, (_, index) => `tag\u0000 ${index}`),
    };
    const posting = await first('remotive', { jobs: [job] });
    expect(posting?.title).toHaveLength(300);
    expect(posting?.tags).toHaveLength(50);
    expect(JSON.stringify(posting)).not.toMatch(/\\u0000|\\ud83d|\\udc00/);
  });

  test.each(['javascript:alert(1)', 'https://user:secret@remotive.com/a', '', 'remote-jobs/a-1'])(
    'a posting whose address is "%s" is skipped',
    async (url) => {
      expect(await read('remotive', { jobs: [{ ...remotiveJob, url }] })).toMatchObject({
        postings: [],
        skipped: 1,
      });
    },
  );
});
