import type { SampleJob } from '../catalogue/job.js';
import { type HtmlStyle, slugOf, toHtml } from './html.js';
import { isoWithOffset, payOf, postedAtOf } from './spelling.js';
import { notFound, type WireBoard, withBroken } from './wire-board.js';

const listed = 150;

const style: HtmlStyle = {
  paragraph: (text) => `${text}<br><br>`,
  heading: (text) => `<strong>${text}<br><br></strong>`,
};

/** Hung on every posting, whatever it is about. */
const noise = [
  'exec',
  'digital nomad',
  'senior',
  'testing',
  'education',
  'medical',
  'scheme',
  'non tech',
  'architecture',
];

const terms = (now: number) => ({
  last_updated: Math.floor(now / 1_000),
  legal:
    'API Terms of Service: Please link back (with follow, and without nofollow!) to the URL on Remote OK and mention Remote OK as a source, so we get traffic back from your site. If you do not we’ll have to suspend API access.',
});

/** Its newest postings in one array whose first element holds the terms. */
export const remoteok: WireBoard = {
  host: 'remoteok.com',
  etag: false,
  compresses: true,
  answer({ path, now, catalogue }) {
    if (path !== '/api') return notFound();
    const { records, broken } = withBroken(
      catalogue.onFeed('remoteok', now, ({ workMode }) => (workMode === 'remote' ? 0.5 : 0)).slice(0, listed),
      (job) => {
        const slug = `remote-${slugOf(job.title)}-${slugOf(job.company.name)}-${job.number}`;
        const time = postedAtOf(job);
        return {
          slug,
          id: String(job.number),
          epoch: Math.floor(time / 1_000),
          date: isoWithOffset(time),
          company: misread(job.company.name),
          company_logo: '',
          position: misread(job.title),
          tags: [...job.skills.map((skill) => skill.toLowerCase()), ...noise],
          description: misread(toHtml(catalogue.describe(job), style, job.flaw)),
          // Fields for city and country, joined even when one is empty.
          location: job.region === 'Worldwide' ? '' : `${job.region}, `,
          apply_url: `https://remoteOK.com/remote-jobs/${slug}`,
          ...pay(job),
          logo: '',
          url: `https://remoteOK.com/remote-jobs/${slug}`,
        };
      },
      (record) => ({ ...record, position: undefined }),
    );
    return {
      status: 200,
      headers: { 'cache-control': 'max-age=60' },
      body: [terms(now), ...records],
      broken,
    };
  },
};

/** UTF-8 read as Latin-1, as the board does with every description. */
const misread = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

/** US dollars a year, 0 when unknown. */
function pay(job: SampleJob): { salary_min: number; salary_max: number } {
  const given = payOf(job);
  const known = given?.currency === 'USD' && given.period === 'year';
  return known ? { salary_min: given.min, salary_max: given.max } : { salary_min: 0, salary_max: 0 };
}
