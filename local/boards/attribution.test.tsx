import { renderToStaticMarkup } from 'react-dom/server';
import { boardByName } from '../../activities/boards/registry.js';
import { startContract } from '../../activities/boards/testing/contract.js';
import { AttributionLink } from '../../web/app/components/attribution-link.js';

const { ask } = startContract();

const followed = 'noopener';
const notFollowed = 'noopener nofollow';

/** What each board asks of those who show its postings, from its API to the link on the site. */
test.each<[board: string, name: string, page: RegExp, rel: string, why: string]>([
  [
    'remotive',
    'Remotive',
    /^https:\/\/remotive\.com\/remote-jobs\//,
    followed,
    'link back to the job on Remotive and name it as the source',
  ],
  [
    'arbeitnow',
    'Arbeitnow',
    /^https:\/\/www\.arbeitnow\.com\/jobs\//,
    followed,
    'linking back to the site is appreciated',
  ],
  [
    'remoteok',
    'Remote OK',
    /^https:\/\/remoteok\.com\/remote-jobs\//,
    followed,
    'link back with follow, without nofollow, to the URL on Remote OK and name it; no logo',
  ],
  ['jobicy', 'Jobicy', /^https:\/\/jobicy\.com\/jobs\//, followed, 'credit Jobicy and keep the source URL'],
  [
    'himalayas',
    'Himalayas',
    /^https:\/\/himalayas\.app\/companies\/[^/]+\/jobs\//,
    followed,
    'visible attribution with a link back to himalayas.app',
  ],
  [
    'themuse',
    'The Muse',
    /^https:\/\/www\.themuse\.com\/jobs\//,
    followed,
    'people go on from the posting’s page on The Muse',
  ],
  [
    'hn',
    'Hacker News',
    /^https:\/\/news\.ycombinator\.com\/item\?id=\d+/,
    followed,
    'no terms; the comment is the posting, and its address the source',
  ],
  [
    'greenhouse',
    'Greenhouse',
    /^https:\/\/(job-boards\.greenhouse\.io|careers\.\S+\.example)\//,
    notFollowed,
    'nothing asked: the company’s own page',
  ],
  ['lever', 'Lever', /^https:\/\/jobs\.lever\.co\//, notFollowed, 'nothing asked: the company’s own page'],
  ['ashby', 'Ashby', /^https:\/\/jobs\.ashbyhq\.com\//, notFollowed, 'nothing asked: the company’s own page'],
  [
    'recruitee',
    'Recruitee',
    /^https:\/\/(\S+\.recruitee\.com|jobs\.\S+\.example)\/o\//,
    notFollowed,
    'nothing asked: the company’s own page',
  ],
  [
    'smartrecruiters',
    'SmartRecruiters',
    /^https:\/\/jobs\.smartrecruiters\.com\//,
    notFollowed,
    'nothing asked: the company’s own page',
  ],
  [
    'workable',
    'Workable',
    /^https:\/\/apply\.workable\.com\/j\//,
    notFollowed,
    'nothing asked: the company’s own page',
  ],
  [
    'adzuna',
    'Jobs by Adzuna',
    /^https:\/\/www\.adzuna\.co\.uk\/jobs\/land\/ad\//,
    followed,
    'the words "Jobs by Adzuna" with a link; people go on from its own address',
  ],
  ['reed', 'Reed', /^https:\/\/www\.reed\.co\.uk\/jobs\//, followed, 'people apply on Reed’s own page'],
  [
    'usajobs',
    'USAJobs',
    /^https:\/\/www\.usajobs\.gov\/job\/\d+/,
    notFollowed,
    'nothing asked: the government’s own page',
  ],
  ...(
    [
      ['indeed', 'Indeed', /^https:\/\/www\.indeed\.com\/viewjob\?jk=/],
      ['linkedin', 'LinkedIn', /^https:\/\/www\.linkedin\.com\/jobs\/view\//],
      ['glassdoor', 'Glassdoor', /^https:\/\/www\.glassdoor\.com\/job-listing\//],
      ['google', 'Google Jobs', /^https:\/\/www\.google\.com\/search/],
      ['zip_recruiter', 'ZipRecruiter', /^https:\/\/www\.ziprecruiter\.com\/jobs\//],
      ['bayt', 'Bayt', /^https:\/\/www\.bayt\.com\/en\/jobs\//],
      ['naukri', 'Naukri', /^https:\/\/www\.naukri\.com\/job-listings-/],
    ] as const
  ).map(([board, name, page]): [string, string, RegExp, string, string] => [
    board,
    name,
    page,
    notFollowed,
    'nothing asked: named, with the site’s own page',
  ]),
])('%s: named %s, linked to %s as %s: %s', async (board, name, page, rel) => {
  const { postings } = await ask(boardByName(board));
  expect(postings.length).toBeGreaterThan(0);
  for (const { url, attribution } of postings) {
    expect(url).toMatch(page);
    const link = renderToStaticMarkup(
      <AttributionLink attribution={attribution} href={url}>
        {attribution.name}
      </AttributionLink>,
    );
    const href = url.replaceAll('&', '&amp;');
    expect(link).toBe(`<a class="link" href="${href}" rel="${rel}" target="_blank">${name}</a>`);
  }
});
