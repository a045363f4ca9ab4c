import type postgres from 'postgres';
import type { Posting } from '../../domain/posting.js';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { recordPage } from './fixtures.js';
import { copy, other, own, readBroken, readJobs, tell } from './told-jobs.js';

let stack: TestStack;
let sql: postgres.Sql;

beforeAll(async () => {
  stack = await startTestStack({ supabase: false });
  sql = stack.sql;
});
afterAll(() => stack?.stop());
beforeEach(() => sql`truncate postings cascade`);

const told = (...postings: Posting[]) => tell(sql, postings);
const jobs = () => readJobs(sql);
afterEach(async () => expect(await readBroken(sql)).toEqual([]));

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
