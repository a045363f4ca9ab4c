import { escapeText } from 'entities';
import { z } from 'zod';
import type { Posting } from '../../domain/posting.js';
import type { Board } from './board.js';
import { companyOf, partsOf } from './company.js';
import { countryOf } from './normalise/countries.js';
import { postedAt } from './normalise/dates.js';
import { employmentType } from './normalise/employment.js';
import { places, workModeIn } from './normalise/places.js';
import { numberAt, pageAfter, readCursor } from './paging.js';
import { readEnvelope, readPostings } from './read-postings.js';

/** What the board gives at most, whatever is asked for. */
const pageSize = 100;
const maxPages = 50;

const envelope = z.looseObject({ content: z.array(z.unknown()), totalFound: z.number() });

const labelled = z.looseObject({ label: z.string().nullish() }).nullish();

const posting = z.looseObject({
  id: z.string().min(1),
  name: z.string(),
  visibility: z.string().nullish(),
  company: z.looseObject({ identifier: z.string().nullish(), name: z.string().nullish() }).nullish(),
  releasedDate: z.string().nullish(),
  location: z
    .looseObject({
      city: z.string().nullish(),
      region: z.string().nullish(),
      country: z.string().nullish(),
      fullLocation: z.string().nullish(),
      remote: z.boolean().nullish(),
      hybrid: z.boolean().nullish(),
    })
    .nullish(),
  industry: labelled,
  department: labelled,
  function: labelled,
  typeOfEmployment: labelled,
  experienceLevel: labelled,
});
type SmartPosting = z.infer<typeof posting>;

/**
 * SmartRecruiters: a company's board, paged by offset. A company that it does not know has an empty board.
 * https://developers.smartrecruiters.com/docs/posting-api
 *
 * A posting's text has a call of its own. It is not made: a page of a hundred would cost a hundred and one requests
 * in place of one. The list says what kind of work it is, where, and on which page the rest stands.
 */
export const smartrecruiters: Board = {
  name: 'smartrecruiters',
  label: 'SmartRecruiters',
  kind: 'company',
  hosts: ['api.smartrecruiters.com'],
  minSyncIntervalSeconds: 3_600,
  requestsPerSecond: 1,
  attribution: { name: 'SmartRecruiters', url: 'https://www.smartrecruiters.com/', followLink: false },
  absence: 'closed',
  careers: {
    address: (token) => `careers.smartrecruiters.com/${token}`,
    recognise(url) {
      if (!/^(careers|jobs)\.smartrecruiters\.com$/.test(url.hostname)) return undefined;
      const [first, , third] = partsOf(url);
      // `oneclick-ui/company/Company/…` is the form that "I'm interested" leads to.
      return first === 'oneclick-ui' ? third : first;
    },
    unknownIsEmpty: true,
  },

  async fetchPage(request) {
    const { fetchJson, cursor, signal } = request;
    const company = companyOf(request);
    const position = readCursor(cursor);
    const offset = numberAt(position, 0);
    const url = `https://api.smartrecruiters.com/v1/companies/${company.token}/postings?limit=${pageSize}&offset=${offset}`;
    const body = await fetchJson({ url, hosts: smartrecruiters.hosts, container: 'object', signal });
    const { content, totalFound } = readEnvelope(smartrecruiters, envelope, body);
    const page = await readPostings(smartrecruiters, { items: content, item: posting, signal }, (item) => {
      if (item.visibility && item.visibility !== 'PUBLIC') return undefined;
      const { city, region, country, fullLocation } = item.location ?? {};
      const locations = places([fullLocation || [city, region, country?.toUpperCase()].join(', ')]);
      return {
        boardPostingId: item.id,
        companyToken: company.token,
        url: `https://jobs.smartrecruiters.com/${item.company?.identifier || company.token}/${item.id}`,
        title: item.name,
        company: item.company?.name?.trim() || company.name,
        locations,
        country: /^[A-Z]{2}$/.exec(country?.toUpperCase() ?? '')?.[0] ?? countryOf(locations),
        workMode: workMode(item),
        employmentType: employmentType(item.typeOfEmployment?.label),
        ...postedAt(item.releasedDate),
        description: describe(item),
        tags: [item.department?.label, item.function?.label, item.experienceLevel?.label],
      };
    });
    const after = offset + content.length;
    const next = after < totalFound ? String(after) : null;
    const { postings } = page;
    return { ...page, ...pageAfter({ position, next, length: content.length, postings, maxPages }) };
  },
};

/** Neither remote nor hybrid is at the office, unless the title knows better. */
function workMode({ location, name }: SmartPosting): Posting['workMode'] {
  if (location?.remote) return 'remote';
  if (location?.hybrid) return 'hybrid';
  const said = workModeIn(name);
  return said === 'unknown' && location?.remote === false ? 'onsite' : said;
}

/** What the list says of the work, a line each. Custom fields are left out: some hold recruiters' names. */
function describe(item: SmartPosting): string {
  const facts = [
    ['Department', item.department?.label],
    ['Function', item.function?.label],
    ['Industry', item.industry?.label],
    ['Employment', item.typeOfEmployment?.label],
    ['Experience', item.experienceLevel?.label],
  ] as const;
  const lines = facts.flatMap(([name, label]) => (label ? [`<li>${name}: ${escapeText(label)}</li>`] : []));
  return lines.length > 0 ? `<ul>${lines.join('')}</ul>` : '';
}
