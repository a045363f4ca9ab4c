import type { SampleJob } from '../catalogue/job.js';

/** The jobs that a board finds for a query: every word in the title or among the skills, the place by its name. */
export function searched(
  jobs: readonly SampleJob[],
  query: { words: string; place?: string | undefined; remoteOnly?: boolean | undefined },
): SampleJob[] {
  const words = folded(query.words).split(/\s+/).filter(Boolean);
  const [place = ''] = folded(query.place ?? '').split(',');
  return jobs.filter((job) => {
    const text = folded([job.title, ...job.skills].join(' '));
    return (
      words.every((word) => text.includes(word)) &&
      (!query.remoteOnly || job.workMode === 'remote') &&
      (place === '' || placesOf(job).some((name) => folded(name ?? '').includes(place)))
    );
  });
}

/** What is looked for on a board that knows of remote work only as one of the words. */
export function wordsOf(text: string | null): { words: string; remoteOnly: boolean } {
  const words = text ?? '';
  return { words: words.replace(/\bremote\b/gi, ' '), remoteOnly: /\bremote\b/i.test(words) };
}

const placesOf = ({ places, region }: SampleJob) => [
  region,
  ...places.flatMap(({ city, country }) => [city, country]),
];

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
