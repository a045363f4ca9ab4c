import type postgres from 'postgres';
import { descriptionWords, saidEverywhere } from '../../activities/boards/normalise/description-words.js';
import { companies, type SampleCompany } from '../../local/boards/catalogue/companies.js';
import { describeJob } from '../../local/boards/catalogue/describe.js';
import { makeJob } from '../../local/boards/catalogue/job.js';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { posting, recordPage } from './fixtures.js';
import { matches } from './matching-catalogue.js';

let stack: TestStack;
let sql: postgres.Sql;

beforeAll(async () => {
  stack = await startTestStack({ supabase: false });
  sql = stack.sql;
});
afterAll(() => stack?.stop());
beforeEach(() => sql`truncate postings, title_words cascade`);

const lexemes = async (query: postgres.PendingQuery<{ lexemes: string[] }[]>) =>
  new Set((await query)[0]?.lexemes);

const spelledInManyWays = [
  'Front-end, back-end, full-stack and front end; "Node.js" or nodejs, React.js (ReactJS), next.js',
  'C++/C#/F#, .NET Core, ASP.NET; k8s, Golang & Go, postgres/PostgreSQL, Objective-C',
  'ML, Gen AI, NLP, large language models — LLMs. JS js js/ts TS, dev-ops, user experience',
  'It’s “quoted”, d’accord, über-große Straße, naïve résumé; e.g. 100%_sure, a@b, R&D, 24/7, £50k',
];
const sampleDescriptions = Array.from({ length: 60 }, (_, number) => {
  const company = companies[number % companies.length] as SampleCompany;
  const job = makeJob({ seed: 3, number, company, postedAt: 0, closesAt: 0 });
  return describeJob(3, job)
    .map((block) => (block.kind === 'list' ? block.items.join('\n') : block.text))
    .join('\n\n');
});

test('the words that come with a posting are those that the database would find in its description', async () => {
  const unsearched = await lexemes(sql`select said_everywhere() as lexemes`);
  for (const text of [...spelledInManyWays, ...sampleDescriptions]) {
    const all = await lexemes(sql`
      select tsvector_to_array(description_vector(search_text(${text}))) as lexemes`);
    const kept = await lexemes(sql`
      select tsvector_to_array(description_vector(${descriptionWords(text)})) as lexemes`);
    expect([...kept].filter((lexeme) => !all.has(lexeme))).toEqual([]);
    expect([...all].filter((lexeme) => !kept.has(lexeme) && !unsearched.has(lexeme))).toEqual([]);
  }
});

test('what no search is about is the same where postings are read and where searches are', async () => {
  const [list] = await sql`
    select said_everywhere() = tsvector_to_array(to_tsvector('public.jobs', ${[...saidEverywhere].join(' ')})) as same`;
  expect(list).toEqual({ same: true });
});

test('a posting that comes without them is searched by its description all the same', async () => {
  const { descriptionWords: _, ...told } = posting({
    title: 'Engineer',
    descriptionText: 'You write Haskell.',
  });
  await recordPage(sql, 'remotive', [told]);
  expect(await matches(sql, { title: 'haskell engineer' })).toHaveLength(1);
});

describe('in descriptions', () => {
  const found = async (title: string) => (await matches(sql, { title })).map(({ company }) => company);

  beforeEach(() =>
    recordPage(sql, 'remotive', [
      posting({ title: 'Engineer', company: 'Together', descriptionText: 'You know event sourcing.' }),
      posting({ title: 'Engineer', company: 'Apart', descriptionText: 'You run an event on sourcing.' }),
      posting({ title: 'Engineer', company: 'Neither', descriptionText: 'A team with experience.' }),
    ]),
  );

  test('a phrase in quotes stays together', async () => {
    expect((await found('event sourcing engineer')).sort()).toEqual(['Apart', 'Together']);
    expect(await found('"event sourcing" engineer')).toEqual(['Together']);
  });

  test('a phrase is left out as one', async () => {
    expect((await found('engineer event -"event sourcing"')).sort()).toEqual(['Apart']);
  });

  test('what every posting says asks for nothing', async () => {
    expect((await found('experienced engineer')).sort()).toEqual(['Apart', 'Neither', 'Together']);
    expect(await found('experience event engineer')).toEqual(await found('event engineer'));
    expect(await found('experience')).toEqual([]);
  });
});
