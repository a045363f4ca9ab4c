import type { SampleJob } from '../catalogue/job.js';
import { escapeHtml, slugOf } from './html.js';
import { shareOnSite } from './jobspy.js';
import { searched } from './searched.js';
import { cityAndCountry, postedAtOf } from './spelling.js';
import { notFound, type WireBoard, withBroken } from './wire-board.js';

const perPage = 10;
/** What LinkedIn sends past the end. */
const emptyPage = '<!DOCTYPE html>\n\n<!---->';

/** LinkedIn's search as its guests see it: cards of HTML, ten a page. */
export const linkedinSite: WireBoard = {
  host: 'www.linkedin.com',
  etag: false,
  compresses: true,
  answer({ path, query, now, catalogue, most }) {
    if (path !== '/jobs-guest/jobs/api/seeMoreJobPostings/search') return notFound();
    const seconds = Number(/^r(\d+)$/.exec(query.get('f_TPR') ?? '')?.[1] ?? Number.POSITIVE_INFINITY);
    const found = searched(
      catalogue
        .onFeed('linkedin', now, () => shareOnSite)
        .filter(({ postedAt }) => postedAt >= now - seconds * 1_000),
      { words: query.get('keywords') ?? '', place: query.get('location') ?? undefined },
    );
    const { records, broken } = withBroken(found, card, (html) => html.replace(/<h3.*<\/h3>/, ''), {
      from: Number(query.get('start') ?? 0),
      most: Math.min(perPage, most),
    });
    const headers = { 'content-type': 'text/html; charset=utf-8' };
    const body = records.length === 0 ? emptyPage : `<!DOCTYPE html>\n${records.join('\n')}`;
    return { status: 200, headers, body, broken };
  },
};

function card(job: SampleJob): string {
  const company = `https://www.linkedin.com/company/${slugOf(job.company.name)}?trk=public_jobs`;
  const day = new Date(postedAtOf(job)).toISOString().slice(0, 10);
  return [
    `<li><div class="base-card base-search-card" data-entity-urn="urn:li:jobPosting:${job.number}">`,
    `<h3 class="base-search-card__title">${escapeHtml(job.title)}</h3>`,
    `<h4 class="base-search-card__subtitle"><a href="${company}">${escapeHtml(job.company.name)}</a></h4>`,
    `<span class="job-search-card__location">${escapeHtml(cityAndCountry(job))}</span>`,
    `<time class="job-search-card__listdate" datetime="${day}"></time>`,
    '</div></li>',
  ].join('');
}
