import { z } from 'zod';
import type { Board } from './board.js';
import { countryOf } from './normalise/countries.js';
import { postedAt } from './normalise/dates.js';
import { employmentType } from './normalise/employment.js';
import { regionsIn } from './normalise/places.js';
import { salaryIn } from './normalise/salary-text.js';
import { readEnvelope, readPostings } from './read-postings.js';

const envelope = z.looseObject({ jobs: z.array(z.unknown()) });

const job = z.looseObject({
  id: z.int(),
  url: z.string(),
  title: z.string(),
  company_name: z.string(),
  category: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  job_type: z.string().nullish(),
  publication_date: z.string().nullish(),
  candidate_required_location: z.string().nullish(),
  salary: z.string().nullish(),
  description: z.string(),
});

/**
 * Remotive: the whole list in one answer; its filters have been seen to be ignored.
 * https://github.com/remotive-com/remote-jobs-api (at most four requests a day, more than two a minute are blocked)
 */
export const remotive: Board = {
  name: 'remotive',
  label: 'Remotive',
  kind: 'feed',
  hosts: ['remotive.com'],
  minSyncIntervalSeconds: 6 * 3_600,
  requestsPerSecond: 1 / 30,
  attribution: { name: 'Remotive', url: 'https://remotive.com/', followLink: true },
  absence: 'closed',

  async fetchPage({ fetchJson, signal }) {
    const url = 'https://remotive.com/api/remote-jobs';
    const body = await fetchJson({ url, hosts: remotive.hosts, container: 'object', signal });
    const { jobs } = readEnvelope(remotive, envelope, body);
    const page = await readPostings(remotive, { items: jobs, item: job, signal }, (item) => {
      const locations = regionsIn(item.candidate_required_location);
      return {
        boardPostingId: item.id,
        url: item.url,
        title: item.title,
        company: item.company_name,
        locations,
        country: countryOf(locations),
        workMode: 'remote',
        employmentType: employmentType(item.job_type),
        salary: salaryIn(item.salary),
        ...postedAt(item.publication_date),
        description: item.description,
        tags: [item.category, ...(item.tags ?? [])],
      };
    });
    return { ...page, nextCursor: null };
  },
};
