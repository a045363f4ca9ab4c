// One file: all of it is one function’s, record_postings_page.
import postgres from 'postgres';
import type { Posting } from '../../domain/posting.js';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { posting, recordPage, refusal } from './fixtures.js';

let stack: TestStack;
let sql: postgres.Sql;

beforeAll(async () => {
  stack = await startTestStack({ supabase: false });
  sql = stack.sql;
});
afterAll(() => stack?.stop());
beforeEach(async () => {
  await sql`truncate postings, posting_sources, title_words cascade`;
});

const record = (source: string, ...postings: Posting[]) => recordPage(sql, source, postings);
const catalogue = () => sql`
  select p.title, p.company, array_agg(s.source order by s.source) as sources,
    array_agg(s.source) filter (where s.is_original) as original
  from postings p join posting_sources s on s.posting_id = p.id
  group by p.id order by p.first_seen_at, p.title`;
const read = (postings_read: number, postings_new: number, postings_changed: number) => ({
  postings_read,
  postings_new,
  postings_changed,
});

/** The same job as an aggregator and as the company itself tell of it. */
const onRemotive = posting({ title: 'Data Engineer', descriptionText: "The aggregator's words." });
const onGreenhouse = posting({
  board: 'greenhouse',
  companyToken: 'acme',
  title: 'Data Engineer',
  company: 'ACME, Inc.',
  locations: ['London, England'],
  descriptionText: "The company's own words.",
  salary: { min: 70_000, max: 80_000, currency: 'GBP', period: 'year' },
  attribution: { name: 'Greenhouse', url: 'https://www.greenhouse.com', followLink: false },
});

describe('one source', () => {
  test('a new page is all new, an unchanged one is read and nothing more', async () => {
    const page = [posting({ title: 'A' }), posting({ title: 'B' })];
    expect(await record('remotive', ...page)).toEqual(read(2, 2, 0));

    const versions = () => sql`
      select 'p' as kind, id::text as key, xmin::text, ctid::text from postings
      union all select 's', board_posting_id, xmin::text, ctid::text from posting_sources
      union all select 'w', word, xmin::text, ctid::text from title_words order by 1, 2`;
    const before = await versions();
    expect(await record('remotive', ...page)).toEqual(read(2, 0, 0));
    expect(await versions()).toEqual(before);
  });

  test('a changed posting changes the one row, in every word of it', async () => {
    const before = posting({
      title: 'Frontend Engineer',
      tags: ['react'],
      expiresAt: '2030-01-01T00:00:00Z',
    });
    const other = posting({ title: 'Other' });
    await record('remotive', before, other);
    const [{ id } = {}] = await sql`select id from postings where title = 'Frontend Engineer'`;
    const after: Posting = {
      ...before,
      title: 'Senior Frontend Engineer',
      company: 'Acme Europe',
      locations: ['Berlin, Germany'],
      country: 'DE',
      workMode: 'hybrid',
      employmentType: 'contract',
      salary: { min: 50, max: 60, currency: 'EUR', period: 'hour', raw: '€50–60' },
      postedAt: '2026-01-02T03:04:05Z',
      postedAtPrecision: 'day',
      expiresAt: undefined,
      descriptionHtml: '<p>New.</p>',
      descriptionText: 'New.',
      tags: ['vue'],
      url: 'https://remotive.com/jobs/new',
    };
    expect(await record('remotive', after, other)).toEqual(read(2, 0, 1));
    const [row] = await sql`select * from postings where id = ${id}`;
    expect(row).toMatchObject({
      title: 'Senior Frontend Engineer',
      company: 'Acme Europe',
      locations: ['Berlin, Germany'],
      place_text: 'berlin, germany | de',
      country: 'DE',
      work_mode: 'hybrid',
      employment_type: 'contract',
      salary_min: '50',
      salary_max: '60',
      salary_currency: 'EUR',
      salary_period: 'hour',
      salary_raw: '€50–60',
      salary_a_year: String(60 * 2080),
      posted_at: new Date('2026-01-02T03:04:05Z'),
      posted_at_precision: 'day',
      expires_at: null,
      description_html: '<p>New.</p>',
      description_text: 'New.',
      tags: ['vue'],
    });
    expect(row?.search).toContain("'senior':1A");
    expect(row?.search).not.toContain('react');
    const [source] =
      await sql`select url from posting_sources where board_posting_id = ${before.boardPostingId}`;
    expect(source?.url).toBe('https://remotive.com/jobs/new');
  });

  test('the same title twice on one board is two jobs, on one page and on two', async () => {
    expect(await record('remotive', posting(), posting())).toEqual(read(2, 2, 0));
    expect(await record('remotive', posting())).toEqual(read(1, 1, 0));
    expect(await catalogue()).toHaveLength(3);
  });

  test('the same id twice on one page is one job', async () => {
    const once = posting();
    await record('remotive', once, once);
    expect(await catalogue()).toHaveLength(1);
  });

  test('where it is, which job it is and what is not words are written with it, and follow its changes', async () => {
    const remote = posting({
      title: 'Go Developer',
      tags: ['kubernetes'],
      workMode: 'remote',
      placeKeys: ['city:2643743', 'country:GB'],
      remoteKeys: ['country:GB', 'area:europe'],
      identityKeys: ['url:remotive.com/jobs/1', 'greenhouse:4012'],
      postedAt: '2025-11-20T00:00:00Z',
    });
    const stored = async () =>
      (
        await sql`
        select p.place_keys, p.remote_keys, s.identity_keys, p.title_search::text, p.closed_at,
          tsvector_to_array(p.facets) as facets
        from postings p join posting_sources s on s.posting_id = p.id`
      )[0];
    await record('remotive', remote);
    const week = `week:${Math.floor(Date.parse('2025-11-20T00:00:00Z') / 604_800_000)}`;
    expect(await stored()).toEqual({
      place_keys: remote.placeKeys,
      remote_keys: remote.remoteKeys,
      identity_keys: remote.identityKeys,
      title_search: "'engin':2A 'go':1A 'kubernet':3B",
      closed_at: null,
      facets: [
        'board:remotive',
        'mode:remote',
        'open',
        'place:city:2643743',
        'place:country:GB',
        'reach:area:europe',
        'reach:country:GB',
        week,
      ].sort(),
    });

    const expiresAt = '2025-11-21T00:00:00Z';
    await record('remotive', {
      ...remote,
      title: 'Rust Developer',
      tags: [],
      workMode: 'onsite',
      placeKeys: [],
      remoteKeys: [],
      identityKeys: [],
      expiresAt,
    });
    expect(await stored()).toEqual({
      place_keys: [],
      remote_keys: [],
      identity_keys: [],
      title_search: "'engin':2A 'rust':1A",
      closed_at: new Date(expiresAt),
      facets: ['board:remotive', 'mode:onsite', 'place:unknown'],
    });
  });

  test('a posting that is past its date when it comes is closed from the start', async () => {
    await record('remotive', posting({ expiresAt: '2025-01-01T00:00:00Z' }));
    expect(await sql`select closed_at, facets @@ '''open''' as open from postings`).toEqual([
      { closed_at: new Date('2025-01-01T00:00:00Z'), open: false },
    ]);
  });

  test('an empty page is a page', async () => {
    expect(await record('remotive')).toEqual(read(0, 0, 0));
  });
});

describe('the same job on two boards', () => {
  test.each([
    ['the aggregator first', ['remotive', 'greenhouse/acme']],
    ["the company's own board first", ['greenhouse/acme', 'remotive']],
  ])("%s: one posting, in the company's words", async (_which, order) => {
    for (const source of order) {
      await record(source, source === 'remotive' ? onRemotive : onGreenhouse);
    }
    expect(await catalogue()).toEqual([
      {
        title: 'Data Engineer',
        company: 'ACME, Inc.',
        sources: ['greenhouse/acme', 'remotive'],
        original: ['greenhouse/acme'],
      },
    ]);
    const [row] = await sql`select description_text, salary_a_year from postings`;
    expect(row).toEqual({ description_text: "The company's own words.", salary_a_year: '80000' });
  });

  test("later changes: the original's are taken, the copy's are not", async () => {
    await record('greenhouse/acme', onGreenhouse);
    await record('remotive', onRemotive);
    const text = async () => (await sql`select description_text from postings`)[0]?.description_text;
    expect(await record('remotive', { ...onRemotive, descriptionText: 'Copied again.' })).toEqual(
      read(1, 0, 1),
    );
    expect(await text()).toBe("The company's own words.");
    await record('greenhouse/acme', { ...onGreenhouse, descriptionText: 'Written anew.' });
    expect(await text()).toBe('Written anew.');
  });

  test('a query is no company: what it found stays the original when another aggregator joins', async () => {
    await record('adzuna/0cc175b9c0f1b6a831c399e269772661', { ...onRemotive, board: 'adzuna' });
    await record('remotive', onRemotive);
    expect(await catalogue()).toMatchObject([{ original: ['adzuna/0cc175b9c0f1b6a831c399e269772661'] }]);
    await record('greenhouse/acme', onGreenhouse);
    expect(await catalogue()).toMatchObject([{ original: ['greenhouse/acme'] }]);
    expect(await sql`select tsvector_to_array(facets) as facets from postings`).toMatchObject([
      { facets: expect.arrayContaining(['board:adzuna', 'board:greenhouse', 'board:remotive', 'open']) },
    ]);
  });

  test('among aggregators the first one is the original', async () => {
    await record('remotive', onRemotive);
    await record('arbeitnow', { ...onRemotive, board: 'arbeitnow', descriptionText: 'Second hand.' });
    expect(await catalogue()).toMatchObject([{ sources: ['arbeitnow', 'remotive'], original: ['remotive'] }]);
    expect((await sql`select description_text from postings`)[0]?.description_text).toBe(
      "The aggregator's words.",
    );
  });

  test('two of a kind on each board meet one to one', async () => {
    await record('remotive', posting(), posting());
    await record('arbeitnow', posting({ board: 'arbeitnow' }));
    await record('arbeitnow', posting({ board: 'arbeitnow' }));
    expect((await catalogue()).map(({ sources }) => sources)).toEqual([
      ['arbeitnow', 'remotive'],
      ['arbeitnow', 'remotive'],
    ]);
  });

  test('two pages with it at once are one posting', async () => {
    const boards = ['remotive', 'arbeitnow', 'remoteok', 'jobicy'] as const;
    const many = postgres(stack.databaseUrl, { max: boards.length, onnotice: () => undefined });
    try {
      const jobs = Array.from({ length: 20 }, (_, i) => `Job ${i}`);
      await Promise.all(
        boards.map((board) =>
          recordPage(
            many,
            board,
            jobs.map((title) => posting({ board, title })),
          ),
        ),
      );
    } finally {
      await many.end({ timeout: 5 });
    }
    const rows = await catalogue();
    expect(rows).toHaveLength(20);
    for (const { sources, original } of rows) {
      expect(sources).toEqual([...boards].sort());
      expect(original).toHaveLength(1);
    }
  });
});

describe('what makes it the same job', () => {
  const original = posting({
    title: 'Développeur C++ (H/F)',
    company: 'Société Acme',
    locations: ['Paris, France'],
  });
  test.each<[string, Partial<Posting>, number]>([
    ['accents, case and signs do not count', { title: 'developpeur c++ - h/f', company: 'SOCIETE ACME' }, 1],
    ['the kind of company does not', { company: 'Société Acme SA' }, 1],
    ['the country after the city does not', { locations: ['Paris, FR'] }, 1],
    ['another city is another job', { locations: ['Lyon, France'] }, 2],
    ['one more city is another job', { locations: ['Paris, France', 'Lyon, France'] }, 2],
    ['no city is another job', { locations: [] }, 2],
    ['another title is another job', { title: 'Développeur C (H/F)' }, 2],
    ['another company is another job', { company: 'Société Apex' }, 2],
  ])('%s', async (_what, change, jobs) => {
    await record('remotive', original);
    await record('arbeitnow', { ...original, board: 'arbeitnow', ...change });
    expect(await catalogue()).toHaveLength(jobs);
  });

  test('names in any script are told apart', async () => {
    const tokyo = { title: 'エンジニア', locations: ['東京'] };
    await record('remotive', posting({ ...tokyo, company: '楽天' }));
    await record('arbeitnow', posting({ ...tokyo, board: 'arbeitnow', company: 'ヤフー' }));
    await record('jobicy', posting({ ...tokyo, board: 'jobicy', company: '楽天' }));
    expect(await catalogue()).toHaveLength(2);
  });
});

describe('a page with something broken is refused whole', () => {
  const { title, ...untitled } = posting();
  test.each<[string, unknown]>([
    ['no title', untitled],
    ['no company', { ...posting(), company: null }],
    ['a link that runs a script', { ...posting(), url: 'javascript:alert(1)' }],
    ['an apply link that runs a script', { ...posting(), applyUrl: 'javascript:alert(1)' }],
    ['an unknown work mode', { ...posting(), workMode: 'moon' }],
    ['pay of nothing', { ...posting(), salary: { min: 0, period: 'year' } }],
    ['pay that is no number', { ...posting(), salary: { min: 'x' } }],
    ['a time that is none', { ...posting(), postedAt: 'last week' }],
    ['locations that are no list', { ...posting(), locations: 'London' }],
    ['no link back', { ...posting(), attribution: null }],
    ['a NUL', { ...posting(), title: 'a\u0000b' }],
  ])('%s', async (_what, broken) => {
    const known = posting({ title: 'Known' });
    await record('remotive', known);
    const before = await catalogue();
    const page = [posting(), { ...known, title: 'Changed' }, broken] as Posting[];
    const error = await refusal(record('remotive', ...page));
    // Not a failure of the function itself: what it was given breaks a rule.
    expect(error.code).toMatch(/^(22|23)/);
    expect(await catalogue()).toEqual(before);
    expect(await sql`select word from title_words where word = 'platform'`).toEqual([]);
  });

  test.each([
    ['no list', { a: 1 }],
    ['text', 'x'],
  ])('a page that is %s', async (_what, page) => {
    const error = await refusal(sql`select record_postings_page('remotive', ${sql.json(page as never)})`);
    expect(error.code).toMatch(/^2/);
  });
});
