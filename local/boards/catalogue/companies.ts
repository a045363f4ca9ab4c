import type { BoardName } from '../../../domain/board.js';
import * as rows from './company-rows.js';
import type { Industry } from './families/index.js';
import { later as laterRows } from './later-companies.js';

/** An employer of the sample catalogue. All of them are made up. */
export interface SampleCompany {
  name: string;
  industry: Industry;
  /** The countries where it has offices; the first is its home. */
  countries: readonly string[];
  /** How far it hires away from its offices. */
  remote: 'only' | 'gladly' | 'rarely';
  /** The language of its postings. */
  language: 'en' | 'de';
  /** Its own board; without one it advertises on the feeds alone. */
  own?: { board: BoardName; token: string };
  /** One sentence about it. */
  about: string;
}

const employers = (these: rows.Row[], shared: Partial<SampleCompany>): SampleCompany[] =>
  these.map(([token, name, industry, countries, about], index) => ({
    name,
    industry,
    countries: countries.split(', '),
    remote: index % 4 === 3 ? 'rarely' : 'gladly',
    language: 'en',
    about,
    ...shared,
    ...(shared.own && { own: { ...shared.own, token } }),
  }));

const first: readonly SampleCompany[] = [
  ...employers(rows.greenhouse, { own: { board: 'greenhouse', token: '' } }),
  ...employers(rows.lever, { own: { board: 'lever', token: '' } }),
  ...employers(rows.ashby, { own: { board: 'ashby', token: '' } }),
  ...employers(rows.germanEmployers, { remote: 'rarely', language: 'de' }),
  ...employers(rows.remoteEmployers, { remote: 'only' }),
];

const later: readonly SampleCompany[] = Object.entries(laterRows).flatMap(([board, these]) =>
  employers(these, { own: { board, token: '' } }),
);

export const companies: readonly SampleCompany[] = [...first, ...later];

/**
 * The employer of a job. Those that came later take their share of the jobs from the first, who keep all others.
 * @param chance of this job, each from 0 to 2³²−1.
 */
export function employerFor(chance: { first: number; later: number }): SampleCompany {
  const isLater = chance.later / 2 ** 32 < later.length / companies.length;
  const group = isLater ? later : first;
  return group[chance.first % group.length] as SampleCompany;
}
