import type postgres from 'postgres';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { posting, recordPage } from './fixtures.js';
import { type Asked, matches } from './matching-catalogue.js';

let stack: TestStack;
let sql: postgres.Sql;

beforeAll(async () => {
  stack = await startTestStack({ supabase: false });
  sql = stack.sql;
});
afterAll(() => stack?.stop());
beforeEach(() => sql`truncate postings, title_words cascade`);

const record = (...titles: string[]) =>
  recordPage(
    sql,
    'remotive',
    titles.map((title, n) => posting({ title, company: `Company ${n}`, descriptionText: '' })),
  );
const found = async (title: string, asked: Asked = {}) =>
  (await matches(sql, { title, ...asked })).map((match) => match.title);

describe('one word, however it is written', () => {
  // Each finds the titles of all the others.
  test.each([
    [['Frontend', 'Front-end', 'Front End']],
    [['Backend', 'Back-End', 'back end']],
    [['Full-Stack', 'Fullstack', 'full stack']],
    [['React Developer', 'React Engineer', 'React programmer', 'React.js Developer', 'ReactJS dev']],
    [['Software Engineer', 'SWE', 'SDE', 'Software Developer', 'Software Development Engineer']],
    [['SRE', 'Site Reliability Engineer']],
    [['QA', 'Quality Assurance', 'Q.A.']],
    [['SDET', 'Software Engineer in Test', 'Software Development Engineer in Test']],
    [['QA Tester', 'Quality Assurance Test Engineer']],
    [['ML Engineer', 'Machine Learning Developer']],
    [['AI Researcher', 'Artificial Intelligence Researcher']],
    [['NLP Scientist', 'Natural Language Processing Scientist']],
    [['k8s', 'Kubernetes']],
    [['Node', 'Node.js', 'NodeJS', 'node js']],
    [['Vue.js', 'Vue', 'VueJS']],
    [['JavaScript', 'JS', 'Java Script']],
    [['TypeScript', 'TS']],
    [['Golang', 'Go']],
    [['Postgres DBA', 'PostgreSQL Database Administrator']],
    [['.NET', 'dotnet', 'Dot Net']],
    [['C#', 'C Sharp']],
    [['AWS Architect', 'Amazon Web Services Architect']],
    [['DevOps', 'Dev-Ops', 'Dev Ops']],
    [['MLOps', 'ML Ops', 'Machine Learning Operations']],
    [['UX Designer', 'User Experience Designer']],
    [['Sysadmin', 'System Administrator', 'Systems Administrator', 'Sys Admin']],
    [['HR Manager', 'Human Resources Manager']],
    [['VP of Sales', 'Vice President of Sales']],
    [['CTO', 'Chief Technology Officer']],
    [['Cybersecurity Analyst', 'Cyber Security Analyst', 'Information Security Analyst', 'InfoSec Analyst']],
    [['IT Support', 'Information Technology Support']],
    [['BI Analyst', 'Business Intelligence Analyst']],
    [['RN', 'Registered Nurse']],
    [['Sales Rep', 'Sales Representative']],
    [['R&D Manager', 'Research and Development Manager']],
    [['Programme Manager', 'Program Manager']],
    [['Softwareentwickler (m/w/d)', 'Software Engineer']],
    [['Junior', 'Jr.', 'Entry-Level', 'New Grad', 'Graduate', 'Early Career', 'University Graduate']],
    [['Intern', 'Internship', 'Co-op', 'Working Student', 'Placement']],
    [['Senior', 'Sr.', 'Snr']],
  ])('%j', async (spellings) => {
    await record(...spellings);
    for (const spelling of spellings) {
      expect({ spelling, found: (await found(spelling)).sort() }).toEqual({
        spelling,
        found: [...spellings].sort(),
      });
    }
  });

  test.each([
    ['Java', 'JavaScript Engineer'],
    ['C', 'C++ Engineer'],
    ['C', 'C# Engineer'],
    ['C++', 'C Engineer'],
    ['C#', 'C++ Engineer'],
    ['React', 'Reactor Operator'],
    ['software developer', 'Business Development Manager'],
    ['ML', 'Washing Machine Mechanic'],
    ['network engineer', 'Neural Network Researcher'],
    ['engineer', 'Medical Coder'],
  ])('%s is not %s', async (asked, title) => {
    await record(title);
    expect(await found(asked)).toEqual([]);
  });

  test('PM is either trade', async () => {
    await record('Product Manager', 'Project Manager', 'PM, Payments', 'Office Manager');
    expect((await found('PM')).sort()).toEqual(['PM, Payments', 'Product Manager', 'Project Manager']);
    expect(await found('product manager')).toEqual(['Product Manager']);
  });
});

describe('what stands first', () => {
  test('all words in the title before some, the bare title before a longer one', async () => {
    await record(
      'Lead Mobile and Web React Native Platform Developer',
      'React Developer',
      'Senior React Developer',
    );
    expect(await found('react developer')).toEqual([
      'React Developer',
      'Senior React Developer',
      'Lead Mobile and Web React Native Platform Developer',
    ]);
  });

  test('title before tags before description', async () => {
    await recordPage(sql, 'remotive', [
      posting({ title: 'Engineer', company: 'Told', descriptionText: 'We use Elixir.' }),
      posting({ title: 'Engineer', company: 'Tagged', tags: ['Elixir'] }),
      posting({ title: 'Elixir Engineer', company: 'Titled' }),
    ]);
    const companies = (await matches(sql, { title: 'elixir engineer' })).map(({ company }) => company);
    expect(companies).toEqual(['Titled', 'Tagged', 'Told']);
  });

  test('words in their order', async () => {
    await record('Success and Customer Marketing Manager', 'Marketing Manager, Customer Success');
    expect((await found('customer success manager'))[0]).toBe('Marketing Manager, Customer Success');
  });

  test('the level that is asked for, then no level, then another one', async () => {
    await record('Senior Nurse', 'Nurse', 'Junior Nurse');
    expect(await found('junior nurse')).toEqual(['Junior Nurse', 'Nurse', 'Senior Nurse']);
    expect(await found('senior nurse')).toEqual(['Senior Nurse', 'Nurse', 'Junior Nurse']);
    expect(await found('graduate nurse')).toEqual(['Junior Nurse', 'Nurse', 'Senior Nurse']);
    expect(await found('nurse')).toHaveLength(3);
  });

  test('a level alone has to be there, and so has one in quotes', async () => {
    await record('Senior Nurse', 'Nurse');
    expect(await found('senior')).toEqual(['Senior Nurse']);
    expect(await found('"senior nurse"')).toEqual(['Senior Nurse']);
    expect(await found('nurse -senior')).toEqual(['Nurse']);
    expect(await found('nurse -sr')).toEqual(['Nurse']);
  });

  test('among equals the fresh one', async () => {
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
    await recordPage(sql, 'remotive', [
      posting({ title: 'Baker', company: 'Stale', postedAt: daysAgo(50) }),
      posting({ title: 'Baker', company: 'Fresh', postedAt: daysAgo(1) }),
      posting({ title: 'Baker and Barista', company: 'FreshButMore', postedAt: daysAgo(0) }),
    ]);
    const companies = (await matches(sql, { title: 'baker' })).map(({ company }) => company);
    expect(companies).toEqual(['Fresh', 'Stale', 'FreshButMore']);
  });
});

describe('a minus and an "or" with words that have another spelling', () => {
  test('are understood', async () => {
    await record('Frontend Engineer', 'SRE', 'Backend Engineer');
    expect((await found('engineer -front-end')).sort()).toEqual(['Backend Engineer', 'SRE']);
    expect((await found('engineer -sre')).sort()).toEqual(['Backend Engineer', 'Frontend Engineer']);
    expect((await found('front-end or sre')).sort()).toEqual(['Frontend Engineer', 'SRE']);
    expect(await found('"front end engineer"')).toEqual(['Frontend Engineer']);
  });
});

describe('pay', () => {
  beforeEach(async () => {
    await sql`truncate currency_rates`;
    await sql`insert into currency_rates values ('EUR', 1, '2026-01-01'), ('GBP', 0.8, '2026-01-01'), ('USD', 1.2, '2026-01-01')`;
    const year = (max: number, currency: string) => ({ salary: { max, currency, period: 'year' as const } });
    await recordPage(sql, 'remotive', [
      posting({ title: 'Pilot', company: 'Pounds', ...year(40_000, 'GBP') }),
      posting({ title: 'Pilot', company: 'DollarsEnough', ...year(75_000, 'USD') }),
      posting({ title: 'Pilot', company: 'DollarsLess', ...year(45_000, 'USD') }),
      posting({ title: 'Pilot', company: 'NoRate', ...year(10, 'XAU') }),
      posting({
        title: 'Pilot',
        company: 'HourlyEnough',
        salary: { max: 25, currency: 'USD', period: 'hour' },
      }),
      posting({ title: 'Pilot', company: 'Unknown' }),
    ]);
  });
  const paying = async (asked: Asked) =>
    (await matches(sql, { title: 'pilot', ...asked })).map(({ company }) => company).sort();

  test('is compared across currencies and periods; what is unknown stays', async () => {
    const salaryFloor = { amount: 49_000, currency: 'EUR' };
    expect(await paying({ salaryFloor })).toEqual(['DollarsEnough', 'NoRate', 'Pounds', 'Unknown']);
    expect(await paying({ salaryFloor: { amount: 43_000, currency: 'EUR' } })).toContain('HourlyEnough');
  });

  test('that is unknown goes when only known pay is asked for', async () => {
    expect(await paying({ salaryKnownOnly: true })).not.toContain('Unknown');
    expect(await paying({ salaryKnownOnly: true })).toHaveLength(5);
  });
});

describe('places by key', () => {
  const at = (company: string, placeKeys: string[], remoteKeys: string[] = [], locations: string[] = []) =>
    posting({
      title: 'Welder',
      company,
      placeKeys,
      remoteKeys,
      locations,
      workMode: remoteKeys.length > 0 ? 'remote' : 'onsite',
    });
  const london = ['city:2643743', 'region:GB.ENG', 'country:GB', 'area:europe'];
  const reach = [...london, 'world'];

  beforeEach(() =>
    recordPage(sql, 'remotive', [
      at('London', london),
      at('LondonOntario', ['city:6058560', 'country:CA'], [], ['London, ON']),
      at('RemoteUk', ['country:GB', 'area:europe'], ['country:GB']),
      at('RemoteUs', ['country:US'], ['country:US']),
      at('RemoteWorld', [], ['world']),
      at('Leeds', ['city:2644688', 'region:GB.ENG', 'country:GB', 'area:europe']),
      at('Unplaced', [], [], ['Somewhere in London']),
    ]),
  );
  const placed = async (place: string, keys: { in: string[]; reach: string[] }, asked: Asked = {}) =>
    (await matches(sql, { title: 'welder', place, ...asked }, keys)).map(({ company }) => company).sort();

  test('a city: what is there, what is remote and open to it, and what names it in words', async () => {
    expect(await placed('London', { in: ['city:2643743'], reach })).toEqual([
      'London',
      'RemoteUk',
      'RemoteWorld',
      'Unplaced',
    ]);
  });

  test('a country: every city of it', async () => {
    const uk = { in: ['country:GB'], reach: ['country:GB', 'area:europe', 'world'] };
    expect(await placed('UK', uk)).toEqual(['Leeds', 'London', 'RemoteUk', 'RemoteWorld']);
    expect(await placed('UK', uk, { remoteOnly: true })).toEqual(['RemoteUk', 'RemoteWorld']);
  });

  test('a place that is not known is looked for in words', async () => {
    expect(await placed('somewhere', { in: [], reach: [] })).toEqual(['Unplaced']);
  });
});
