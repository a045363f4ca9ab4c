import type postgres from 'postgres';
import type { Posting } from '../../domain/posting.js';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { addPerson, addRunIn, posting, recordPage } from './fixtures.js';

let stack: TestStack;
let sql: postgres.Sql;

beforeAll(async () => {
  stack = await startTestStack({ supabase: false });
  sql = stack.sql;
});
afterAll(() => stack?.stop());
beforeEach(() => sql`truncate postings cascade`);

/** Hands postings over one by one, each as a page of its board's source. */
async function told(...postings: Posting[]): Promise<void> {
  for (const one of postings) {
    const source = one.companyToken ? `${one.board}/${one.companyToken}` : one.board;
    await recordPage(sql, source, [one]);
  }
}

/** Which boards tell of each job, its original first, and the title that it is shown with. */
const jobs = async () =>
  (
    await sql<{ title: string; boards: string[] }[]>`
    select p.title, array_agg(s.board || ':' || s.board_posting_id order by s.is_original desc, s.board, s.board_posting_id) as boards
    from postings p join posting_sources s on s.posting_id = p.id
    group by p.id order by 1, 2`
  ).map(({ title, boards }) => [title, ...boards]);

/** Each posting has a source, one original, and facets that are those of its sources. */
afterEach(async () => {
  const wrong = await sql`
    select p.title from postings p left join posting_sources s on s.posting_id = p.id group by p.id
    having count(*) filter (where s.is_original) <> 1
      or (bool_or(s.own_board) and not bool_or(s.own_board) filter (where s.is_original))
      or array(select 'board:' || b from unnest(array_agg(distinct s.board)) b order by 1)
        <> array(select f from unnest(tsvector_to_array(p.facets)) f where starts_with(f, 'board:') order by 1)`;
  expect(wrong).toEqual([]);
});

const own = (fields: Partial<Posting> = {}) =>
  posting({
    board: 'greenhouse',
    companyToken: 'acme',
    boardPostingId: 'g1',
    title: 'Data Engineer',
    identityKeys: ['greenhouse:400001'],
    ...fields,
  });
const copy = (fields: Partial<Posting> = {}) =>
  posting({ board: 'remotive', boardPostingId: 'r1', title: 'Data Engineer', ...fields });
const other = (fields: Partial<Posting> = {}) =>
  copy({ board: 'arbeitnow', boardPostingId: 'a1', ...fields });

describe('its number on the hiring system', () => {
  const renamed = { title: 'Engineer, Data', company: 'Acme Holdings', locations: ['Remote'] };
  test.each([
    ['the original first', [own(), copy({ ...renamed, identityKeys: ['url:x.com/1', 'greenhouse:400001'] })]],
    ['the copy first', [copy({ ...renamed, identityKeys: ['greenhouse:400001'] }), own()]],
  ])('joins whatever else is told, %s', async (_order, postings) => {
    await told(...postings);
    expect(await jobs()).toEqual([['Data Engineer', 'greenhouse:g1', 'remotive:r1']]);
  });

  test('joins on one board, and on one page', async () => {
    const twice = ['1', '2', '3'].map((boardPostingId) =>
      copy({ boardPostingId, title: `Told for the ${boardPostingId}. time`, identityKeys: ['lever:1'] }),
    );
    expect(await recordPage(sql, 'remotive', twice)).toMatchObject({ postings_read: 3, postings_new: 3 });
    expect(await jobs()).toEqual([['Told for the 1. time', 'remotive:1', 'remotive:2', 'remotive:3']]);
  });

  test('parts what is told alike', async () => {
    await told(own(), copy({ identityKeys: ['greenhouse:400002'] }), other({ identityKeys: ['lever:7'] }));
    // Another system's number says nothing against it.
    expect(await jobs()).toEqual([
      ['Data Engineer', 'greenhouse:g1', 'arbeitnow:a1'],
      ['Data Engineer', 'remotive:r1'],
    ]);
  });
});

describe('its address', () => {
  const at = { identityKeys: ['url:acme.com/jobs/7'] };
  test('joins on another board, where one title goes on from the other', async () => {
    await told(copy(at), other({ ...at, title: 'Data Engineer, Platform', locations: ['Anywhere'] }));
    expect(await jobs()).toEqual([['Data Engineer', 'remotive:r1', 'arbeitnow:a1']]);
  });

  test.each([
    ['titles of other words', 'Accountant'],
    ['another level', 'Senior Data Engineer'],
    ['another year', 'Data Engineer 2025'],
  ])('does not join %s: it is a page of many jobs', async (_what, title) => {
    await told(copy(at), other({ ...at, title, company: 'Acme Europe' }));
    expect(await jobs()).toHaveLength(2);
  });

  test('does not join on one board, and not what a board tells of twice', async () => {
    await told(copy(at), copy({ ...at, boardPostingId: 'r2' }));
    expect(await jobs()).toHaveLength(2);
    await told(other({ ...at, company: 'Another' }));
    expect(await jobs()).toHaveLength(3);
  });
});

describe('company, title and place', () => {
  const original: Partial<Posting> = {
    title: 'Senior Software Engineer II',
    company: 'The Acme Company, Inc.',
    locations: ['Berlin, Germany'],
  };
  test.each<[string, Partial<Posting>]>([
    ['another kind of company', { company: 'ACME GmbH' }],
    ['the batch at an accelerator', { company: 'Acme (YC S21)' }],
    ['accents and case', { company: 'Ácmé', title: 'SENIOR SOFTWARE ENGINEER II' }],
    ['a gender mark', { title: 'Senior Software Engineer II (m/w/d)' }],
    ['a gender mark of another order', { title: 'Senior Software Engineer II - f/m/x' }],
    ['how one works', { title: '(Remote) Senior Software Engineer II - Hybrid' }],
    ['the place at its end', { title: 'Senior Software Engineer II – Berlin, Germany' }],
    ['the place in brackets', { title: 'Senior Software Engineer II (Berlin)' }],
    ['a shorter word', { title: 'Sr. Software Engineer 2' }],
    ['the country told otherwise', { locations: ['Berlin, DE'] }],
  ])('%s makes no other job', async (_what, change) => {
    await told(copy(original), other({ ...original, ...change }));
    expect(await jobs()).toHaveLength(1);
  });

  test.each<[string, Partial<Posting>]>([
    ['another level', { title: 'Junior Software Engineer II' }],
    ['another number', { title: 'Senior Software Engineer III' }],
    ['another year', { title: 'Senior Software Engineer II, 2025' }],
    ['another trade', { title: 'Senior Software Engineer II - Frontend' }],
    ['a place that is not its own', { title: 'Senior Software Engineer II - Paris' }],
    ['another city', { locations: ['Munich, Germany'] }],
    ['one city more', { locations: ['Berlin, Germany', 'Munich, Germany'] }],
    ['no place', { locations: [] }],
    ['another company', { company: 'Acme Labs' }],
  ])('%s is another job', async (_what, change) => {
    await told(copy(original), other({ ...original, ...change }));
    expect(await jobs()).toHaveLength(2);
  });

  test('the gazetteer knows cities by other names, and cities of one name apart', async () => {
    const munich = ['city:2867714', 'country:DE', 'area:europe'];
    await told(
      copy({ locations: ['München'], placeKeys: munich }),
      other({ locations: ['Munich, Germany'], placeKeys: [...munich].reverse() }),
      copy({
        board: 'jobicy',
        boardPostingId: 'j1',
        locations: ['München'],
        placeKeys: ['city:1', 'country:US'],
      }),
    );
    expect(await jobs()).toEqual([
      ['Data Engineer', 'jobicy:j1'],
      ['Data Engineer', 'remotive:r1', 'arbeitnow:a1'],
    ]);
  });

  test('two villages that the gazetteer does not know are two, in one country too', async () => {
    const placeKeys = ['country:DE', 'area:europe'];
    await told(
      copy({ locations: ['Hinterdorf, Germany'], placeKeys }),
      other({ locations: ['Vorderdorf, Germany'], placeKeys }),
      copy({ board: 'jobicy', boardPostingId: 'j1', locations: ['Hinterdorf'], placeKeys }),
    );
    expect((await jobs()).map((job) => job.length - 1).sort()).toEqual([1, 2]);
  });

  test('a country is one place by any of its names', async () => {
    const placeKeys = ['country:US', 'area:north-america'];
    const boards = ['remotive', 'arbeitnow', 'jobicy', 'remoteok'];
    const spelled = [['USA'], ['United States (Remote)'], ['Remote in the U.S.'], ['Remote']];
    await told(
      ...boards.map((board, n) => copy({ board, workMode: 'remote', locations: spelled[n], placeKeys })),
    );
    expect(await jobs()).toHaveLength(1);
  });

  test('anywhere is one place, however it is spelled', async () => {
    const boards = ['remotive', 'arbeitnow', 'jobicy', 'remoteok', 'himalayas'];
    const spelled = [[], ['Worldwide'], ['Remote'], ['Anywhere'], ['Remote (Global)']];
    await told(...boards.map((board, n) => copy({ board, workMode: 'remote', locations: spelled[n] })));
    expect(await jobs()).toHaveLength(1);
  });

  test('two of a kind meet one to one, on one page too', async () => {
    await recordPage(sql, 'remotive', [copy(), copy({ boardPostingId: 'r2' })]);
    await recordPage(sql, 'arbeitnow', [
      other(),
      other({ boardPostingId: 'a2' }),
      other({ boardPostingId: 'a3' }),
    ]);
    expect((await jobs()).map((job) => job.length - 1).sort()).toEqual([1, 2, 2]);
  });

  test('names of signs only are names', async () => {
    await told(copy({ company: '***', title: '???' }), other({ company: '+++', title: '???' }));
    expect(await jobs()).toHaveLength(2);
  });
});

describe('two postings turn out to be one', () => {
  // Told otherwise by each, and tied together by a third.
  const first = copy({ identityKeys: ['url:remotive.com/r1'] });
  const second = other({
    title: 'Engineer of Data',
    company: 'Acme Europe',
    identityKeys: ['greenhouse:400001'],
  });
  const third = own();

  async function found(userId: string, titles: Record<string, { score: number; is_new: boolean }>) {
    const run = await addRunIn('running', sql, userId);
    for (const [title, { score, is_new }] of Object.entries(titles)) {
      await sql`
        insert into search_run_results (run_id, posting_id, user_id, score, is_new)
        select ${run.id}, id, ${userId}, ${score}, ${is_new} from postings where title = ${title}`;
      await sql`
        insert into seen_postings (user_id, posting_id, run_id)
        select ${userId}, id, ${run.id} from postings where title = ${title} on conflict do nothing`;
    }
    return run.id;
  }

  test('what people found and saw of either is of the one, once', async () => {
    await told(first, second);
    const [ada, ben] = [await addPerson(sql), await addPerson(sql)];
    const adas = await found(ada, {
      'Data Engineer': { score: 0.5, is_new: true },
      'Engineer of Data': { score: 0.75, is_new: false },
    });
    const bens = await found(ben, { 'Engineer of Data': { score: 0.25, is_new: true } });
    const adasNext = await found(ada, { 'Data Engineer': { score: 0.5, is_new: true } });

    await told(third);
    expect(await jobs()).toEqual([['Data Engineer', 'greenhouse:g1', 'arbeitnow:a1', 'remotive:r1']]);
    const results = await sql`
      select run_id, score, is_new from search_run_results r join postings p on p.id = r.posting_id`;
    expect(results).toHaveLength(3);
    expect(results).toEqual(
      expect.arrayContaining([
        // One of the two had been seen before.
        { run_id: adas, score: 0.75, is_new: false },
        { run_id: adasNext, score: 0.5, is_new: true },
        { run_id: bens, score: 0.25, is_new: true },
      ]),
    );
    const seen = await sql`select user_id, run_id from seen_postings`;
    expect(seen).toHaveLength(2);
    expect(seen).toEqual(
      expect.arrayContaining([
        { user_id: ada, run_id: adas },
        { user_id: ben, run_id: bens },
      ]),
    );
  });

  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ];
  test.each(orders)('in the order %i %i %i it is one, in the words of the company', async (...order) => {
    const postings = [first, second, third];
    await told(...order.map((n) => postings[n] as Posting));
    expect(await jobs()).toEqual([['Data Engineer', 'greenhouse:g1', 'arbeitnow:a1', 'remotive:r1']]);
    const before = await sql`select xmin::text, id from postings`;
    await told(first, second, third);
    expect(await sql`select xmin::text, id from postings`).toEqual(before);
  });

  test('a page whose own postings become one', async () => {
    await told(copy({ identityKeys: ['lever:1'] }), own({ boardPostingId: 'g2', title: 'Told otherwise' }));
    const joined = other({ title: 'Tied', identityKeys: ['lever:1', 'greenhouse:400001'] });
    await recordPage(sql, 'arbeitnow', [joined, other({ boardPostingId: 'a2', title: 'Another' })]);
    expect(await jobs()).toEqual([
      ['Another', 'arbeitnow:a2'],
      ['Told otherwise', 'greenhouse:g2', 'arbeitnow:a1', 'remotive:r1'],
    ]);
  });
});

describe('a posting that is told otherwise than before', () => {
  const elsewhere: Partial<Posting> = {
    title: 'Accountant',
    locations: ['Lyon, France'],
    descriptionText: 'Numbers.',
  };

  test('takes nobody with it, when it was joined with others by its words', async () => {
    await told(copy(), other());
    await told(copy(elsewhere));
    expect(await jobs()).toEqual([
      ['Accountant', 'remotive:r1'],
      ['Data Engineer', 'arbeitnow:a1'],
    ]);
    // The other's own text is written when it is read next, changed or not.
    await sql`update postings set description_text = 'old' where title = 'Data Engineer'`;
    expect(await recordPage(sql, 'arbeitnow', [other()])).toMatchObject({ postings_changed: 1 });
    expect(await sql`select description_text from postings where title = 'Data Engineer'`).toEqual([
      { description_text: 'What the job is about.' },
    ]);
    expect(await recordPage(sql, 'arbeitnow', [other()])).toMatchObject({ postings_changed: 0 });
  });

  test('leaves, when it was a copy', async () => {
    await told(own({ identityKeys: [] }), copy());
    await told(copy(elsewhere));
    expect(await jobs()).toEqual([
      ['Accountant', 'remotive:r1'],
      ['Data Engineer', 'greenhouse:g1'],
    ]);
  });

  test('stays, when its number is the same', async () => {
    await told(own(), copy({ identityKeys: ['greenhouse:400001'] }));
    await told(own(elsewhere));
    expect(await jobs()).toEqual([['Accountant', 'greenhouse:g1', 'remotive:r1']]);
  });

  test('goes over to the job that it tells of now', async () => {
    await told(copy(), other(), copy({ board: 'jobicy', boardPostingId: 'j1', ...elsewhere }));
    await told(other(elsewhere));
    expect(await jobs()).toEqual([
      ['Accountant', 'jobicy:j1', 'arbeitnow:a1'],
      ['Data Engineer', 'remotive:r1'],
    ]);
  });

  test('becomes one with that job, when nobody else had it', async () => {
    await told(copy(elsewhere), other());
    await told(other(elsewhere));
    expect(await jobs()).toEqual([['Accountant', 'remotive:r1', 'arbeitnow:a1']]);
  });

  test('and two that exchange their titles exchange nothing else', async () => {
    const [a, b] = [copy({ boardPostingId: 'r1' }), copy({ boardPostingId: 'r2', ...elsewhere })];
    await recordPage(sql, 'remotive', [a, b]);
    await recordPage(sql, 'remotive', [
      { ...a, ...elsewhere },
      { ...b, title: 'Data Engineer', locations: a.locations, descriptionText: a.descriptionText },
    ]);
    expect(await jobs()).toEqual([
      ['Accountant', 'remotive:r1'],
      ['Data Engineer', 'remotive:r2'],
    ]);
  });
});
