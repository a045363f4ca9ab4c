import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { identityKeySchema } from '../../../domain/posting.js';
import { identityKeys } from './identity.js';

const keysOf = (url: string, applyUrl?: string, board = 'remotive', boardPostingId = '1') =>
  identityKeys({ board, boardPostingId, url, applyUrl });

const aUuid = '05e14247-17c4-4e98-9a13-53828a4e2f13';

test.each<[string, string]>([
  ['https://boards.greenhouse.io/axon/jobs/5729825003', 'greenhouse:5729825003'],
  ['https://job-boards.greenhouse.io/axon/jobs/5729825003?gh_src=abc', 'greenhouse:5729825003'],
  ['https://boards.eu.greenhouse.io/nethermind/jobs/4247973101#app', 'greenhouse:4247973101'],
  ['https://boards.greenhouse.io/embed/job_app?for=acme&token=6084310003', 'greenhouse:6084310003'],
  ['https://boards-api.greenhouse.io/v1/boards/axon/jobs/5729825003', 'greenhouse:5729825003'],
  ['https://business.trustpilot.com/jobs/5941007?gh_jid=5941007', 'greenhouse:5941007'],
  ['https://www.modular.com/company/career-post?4287507005&gh_jid=4287507005', 'greenhouse:4287507005'],
  [`https://jobs.lever.co/spotify/${aUuid}/apply?lever-source=x`, `lever:${aUuid}`],
  [`https://jobs.eu.lever.co/acme/${aUuid}`, `lever:${aUuid}`],
  [`https://jobs.ashbyhq.com/Notion/${aUuid}/application?utm_source=x`, `ashby:${aUuid}`],
  [`https://www.geckorobotics.com/careers?ashby_jid=${aUuid}#open-positions`, `ashby:${aUuid}`],
  ['https://apply.workable.com/futureplc/j/A4ED85D19C/apply', 'workable:A4ED85D19C'],
  ['https://apply.workable.com/j/a4ed85d19c', 'workable:A4ED85D19C'],
  [
    'https://jobs.smartrecruiters.com/Square/743999993588447-software-engineer',
    'smartrecruiters:743999993588447',
  ],
  [
    'https://api.smartrecruiters.com/v1/companies/Ubisoft2/postings/744000151912444',
    'smartrecruiters:744000151912444',
  ],
  ['https://acme.recruitee.com/o/data-engineer/c/new', 'recruitee:acme/data-engineer'],
  ['https://jobs.jobvite.com/splunk-careers/job/o9SxsfwK?nl=1&nl=1&fr=false', 'jobvite:o9SxsfwK'],
  [
    'https://xylem.wd5.myworkdayjobs.com/en-US/xylem-careers/job/Holland-Michigan/Application-Engineer-II_R36507',
    'workday:xylem/R36507',
  ],
  [
    'https://disney.wd5.myworkdayjobs.com/disneycareer/job/X/Data-Engineer-I_10100253/apply',
    'workday:disney/10100253',
  ],
  ['https://WWW.Example.com/Jobs/7/?utm_source=a&ref=b&gh_src=c', 'url:example.com/Jobs/7'],
  ['http://example.com/jobs/7/application/', 'url:example.com/jobs/7'],
  ['https://example.com/job?b=2&utm_medium=x&a=1', 'url:example.com/job?a=1&b=2'],
  ['https://example.com/jobs/7#top', 'url:example.com/jobs/7'],
  ['https://careers.example.com/#/jobs/7', 'url:careers.example.com#/jobs/7'],
  ['https://university-uber.icims.com/jobs/134010/job', 'url:university-uber.icims.com/jobs/134010/job'],
  ['https://news.ycombinator.com/item?id=42#2', 'url:news.ycombinator.com/item?id=42#2'],
  // Too short to be Greenhouse's own: it tells the job on that page alone.
  [
    'https://www.tower-research.com/open-positions/?gh_jid=16635',
    'url:tower-research.com/open-positions?gh_jid=16635',
  ],
])('%s', (url, key) => {
  expect(keysOf(url)).toEqual([key]);
  expect(identityKeySchema.parse(key)).toBe(key);
});

test.each([
  'https://example.com',
  'https://example.com/careers/',
  'https://www.example.com/en-us/careers/apply?utm_source=x',
  'https://example.com/about/jobs#engineering',
])('%s is a list of jobs', (url) => expect(keysOf(url)).toEqual([]));

test('both addresses tell it, each once; what is longer than a key can be does not', () => {
  expect(keysOf('https://remotive.com/remote-jobs/7', `https://jobs.lever.co/acme/${aUuid}`)).toEqual([
    'url:remotive.com/remote-jobs/7',
    `lever:${aUuid}`,
  ]);
  expect(keysOf(`https://jobs.lever.co/a/${aUuid}`, `https://jobs.lever.co/a/${aUuid}/apply`)).toHaveLength(
    1,
  );
  expect(keysOf(`https://example.com/${'a'.repeat(600)}`)).toEqual([]);
});

test("a hiring system's own board numbers its postings itself", () => {
  expect(
    keysOf('https://stripe.com/jobs/listing/engineer/6025906', undefined, 'greenhouse', '6025906'),
  ).toEqual(['url:stripe.com/jobs/listing/engineer/6025906', 'greenhouse:6025906']);
});

/** A public list of jobs with the addresses of many systems; not part of the project. */
const listingsFile = resolve(process.env.SHARED_DATA ?? '../shared/data/boards', 'listings.json');
const hasListings = existsSync(listingsFile);
if (!hasListings) console.warn(`Skipped: there is no ${listingsFile}`);

(hasListings ? test : test.skip)(
  'real addresses: each has a key, and the same one twice is the same job twice',
  () => {
    const listings: { url: string; title: string; company_name: string; locations: string[] }[] = JSON.parse(
      readFileSync(listingsFile, 'utf8'),
    );
    const jobs = new Map<string, string[]>();
    for (const { url, title, company_name, locations } of listings) {
      const [key = `none: ${url}`, ...more] = keysOf(url);
      expect(more).toEqual([]);
      jobs.set(key, [...(jobs.get(key) ?? []), `${company_name}: ${title}, ${locations}`]);
    }
    expect([...jobs.keys()].filter((key) => key.startsWith('none'))).toEqual([]);
    const several = [...jobs].filter(([, told]) => told.length > 1);
    expect(several.map(([key]) => key).sort()).toEqual([
      'ashby:12747eb1-e545-478d-b07c-f27f4a88cc12',
      'greenhouse:4338876006',
    ]);
    // Numbers of hiring systems, for all but a few employers' own pages.
    expect([...jobs.keys()].filter((key) => key.startsWith('url:')).length).toBeLessThan(30);
  },
);
