import { Button } from '@react-email/button';
import { Heading } from '@react-email/heading';
import { Link } from '@react-email/link';
import { Section } from '@react-email/section';
import { Text } from '@react-email/text';
import {
  counted,
  type Digest,
  digestReason,
  digestSubject,
  factsOf,
  type MailLinks,
  runLink,
} from './digest.js';
import { look, MailFrame, Rule } from './mail-frame.js';

type Search = Digest['searches'][number];
type Posting = Search['postings'][number];

/** What lists of mails show: the first jobs by name. */
const previewOf = ({ searches }: Digest) =>
  searches
    .flatMap(({ postings }) => postings)
    .slice(0, 3)
    .map(({ title, company }) => `${title} at ${company}`)
    .join(' · ');

/** The digest as HTML: a section a saved search, its new jobs below it, each with the credit that its boards ask for. */
export function DigestMail({ digest, links }: { digest: Digest; links: MailLinks }) {
  const moreSearches = digest.searches_total - digest.searches.length;
  return (
    <MailFrame
      title={digestSubject(digest)}
      preview={previewOf(digest)}
      links={links}
      reason={digestReason(digest)}
    >
      <Heading as="h1" {...look('ink', { fontSize: '24px', lineHeight: '30px', fontWeight: 700, margin: 0 })}>
        {digestSubject(digest)}
      </Heading>
      {digest.searches.map((search) => (
        <SearchSection key={search.run_id} search={search} links={links} />
      ))}
      {moreSearches > 0 && (
        <>
          <Rule />
          <Text {...look('muted', { fontSize: '15px', margin: 0 })}>
            {counted(moreSearches, 'more search', 'more searches')} found something new.{' '}
            <Link href={`${links.site}/history`} {...look('link', { textDecoration: 'underline' })}>
              See all
            </Link>
          </Text>
        </>
      )}
    </MailFrame>
  );
}

function SearchSection({ search, links }: { search: Search; links: MailLinks }) {
  const { name, run_id, total, postings } = search;
  const more = total - postings.length;
  const href = runLink(links, run_id);
  return (
    <Section>
      <Rule />
      <Heading as="h2" style={{ fontSize: '18px', lineHeight: '26px', margin: '0 0 4px' }}>
        <Link href={href} {...look('ink', { textDecoration: 'none' })}>
          {name}
        </Link>{' '}
        <span
          {...look('soft', {
            borderRadius: '999px',
            padding: '2px 10px',
            fontSize: '13px',
            fontWeight: 700,
            whiteSpace: 'nowrap',
          })}
        >
          {total} new
        </span>
      </Heading>
      {postings.map((posting) => (
        <PostingItem key={posting.sources[0]?.url} posting={posting} />
      ))}
      <Button
        href={href}
        {...look('fill', {
          borderRadius: '10px',
          padding: '10px 18px',
          fontSize: '15px',
          fontWeight: 600,
          marginTop: '16px',
        })}
      >
        {more > 0 ? `And ${more} more` : 'Open on the site'}
      </Button>
    </Section>
  );
}

function PostingItem({ posting }: { posting: Posting }) {
  const { title, company, sources } = posting;
  return (
    <Section style={{ paddingTop: '14px' }}>
      <Text style={{ fontSize: '17px', lineHeight: '24px', fontWeight: 700, margin: 0 }}>
        <Link href={sources[0]?.url} {...look('link', { textDecoration: 'none' })}>
          {title}
        </Link>
      </Text>
      <Text {...look('ink', { fontSize: '15px', lineHeight: '22px', margin: 0 })}>
        <strong>{company}</strong>
        {factsOf(posting).map((fact) => ` · ${fact}`)}
      </Text>
      <Text {...look('muted', { fontSize: '13px', lineHeight: '20px', margin: 0 })}>
        From{' '}
        {sources.map(({ url, attribution }, index) => (
          <span key={url}>
            {index > 0 && ', '}
            <Link href={url} {...look('muted', { textDecoration: 'underline' })}>
              {attribution.name}
            </Link>
          </span>
        ))}
      </Text>
    </Section>
  );
}
