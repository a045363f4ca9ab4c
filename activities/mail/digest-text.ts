import {
  counted,
  type Digest,
  digestReason,
  digestSubject,
  factsOf,
  type MailLinks,
  runLink,
  settingsLink,
} from './digest.js';

/** The digest as plain text: the same as the HTML says, for whoever reads mail so. */
export function digestText(digest: Digest, links: MailLinks): string {
  const blocks = digest.searches.map(({ name, run_id, total, postings }) => {
    const heading = `${oneLine(name)} (${total} new)`;
    const more = total - postings.length;
    return [
      `${heading}\n${'='.repeat(heading.length)}`,
      ...postings.map(postingText),
      `${more > 0 ? `And ${more} more: ` : 'On the site: '}${runLink(links, run_id)}`,
    ].join('\n\n');
  });
  const moreSearches = digest.searches_total - digest.searches.length;
  return [
    `${digestSubject(digest)}.`.replace(/\s+/g, ' '),
    ...blocks,
    ...(moreSearches > 0
      ? [
          `${counted(moreSearches, 'more search', 'more searches')} found something new: ${links.site}/history`,
        ]
      : []),
    `-- \n${digestReason(digest)}\nHow often, and when not: ${settingsLink(links)}\nNo more mail: ${links.unsubscribe}\n`,
  ].join('\n\n\n');
}

function postingText(posting: Digest['searches'][number]['postings'][number]): string {
  const { title, company, sources } = posting;
  return [
    `* ${oneLine(title)}`,
    `  ${oneLine([company, ...factsOf(posting)].join(' · '))}`,
    `  ${sources[0]?.url}`,
    `  From ${sources.map(({ attribution }) => `${attribution.name} (${attribution.url})`).join(', ')}`,
  ].join('\n');
}

/** Nothing that a board or a person wrote begins a line of its own. */
const oneLine = (words: string) => words.replace(/\s+/g, ' ').trim();
