import type { SampleJob } from '../catalogue/job.js';

/** A job's instant, or a board's slip in its place: the epoch's first second. */
export const postedAtOf = (job: SampleJob) => (job.flaw === 'impossible_date' ? 0 : job.postedAt);

/** ISO 8601 in UTC with a numeric offset and without fractions, as PHP writes it. */
export const isoWithOffset = (time: number) => `${new Date(time).toISOString().slice(0, 19)}+00:00`;

/** A job's pay, or a slip in its place: a salary of billions. */
export function payOf(job: SampleJob): SampleJob['pay'] {
  const absurd = job.flaw === 'absurd_pay' && job.pay;
  return absurd
    ? {
        ...job.pay,
        min: 9_999_999_999_999,
        max: 99_999_999_999_999,
        currency: absurd.currency,
        period: absurd.period,
      }
    : job.pay;
}

/** "Berlin, Germany", or the region of a remote job. */
export const cityAndCountry = (job: SampleJob) =>
  job.region ?? job.places.map(({ city, country }) => `${city}, ${country}`).join('; ');
