import { Button } from '@react-email/button';
import { Heading } from '@react-email/heading';
import { Text } from '@react-email/text';
import { DateTime } from 'luxon';
import { z } from 'zod';
import type { MailLinks } from './digest.js';
import { settingsLink } from './digest.js';
import { look, MailFrame } from './mail-frame.js';

/** What `begin_rest_notice` tells: the mail's own, and what it is to say. */
export const restNoticeSchema = z.object({
  /** A hash in the form of a UUID, of no version. */
  mail_id: z.guid(),
  address: z.string(),
  unsubscribe_token: z.string(),
  /** When the person was last here, as the database tells it: given back to it as it came. */
  seen_at: z.string(),
  rests_at: z.string(),
  time_zone: z.string(),
  searches: z.array(z.string()),
});
export type RestNotice = z.infer<typeof restNoticeSchema>;

const searchesNamed = 10;

const reason = 'You get this mail once, because your saved searches are about to rest.';
export const restSubject = 'Your saved searches are about to rest';

/** `Saturday, 28 November`, by the person's clock. */
const dayOf = (at: string, timeZone: string) =>
  DateTime.fromISO(at, { zone: timeZone, locale: 'en-GB' }).toFormat('cccc, d LLLL');

function wordsOf({ seen_at, rests_at, time_zone, searches }: RestNotice) {
  const more = searches.length - searchesNamed;
  const names = searches.slice(0, searchesNamed).map((name) => name.replace(/\s+/g, ' '));
  return {
    when: `You were last here on ${dayOf(seen_at, time_zone)}. From ${dayOf(rests_at, time_zone)} on your saved searches are not run by themselves any more.`,
    which: names.join(', ') + (more > 0 ? ` and ${more} more` : ''),
    how: 'Open the site, signed in, and they go on at once, as they are. Nothing is deleted.',
  };
}

export function restText(notice: RestNotice, links: MailLinks): string {
  const { when, which, how } = wordsOf(notice);
  return [
    restSubject,
    when,
    which,
    `${how}\n${links.site}`,
    `-- \n${reason}\nYour settings: ${settingsLink(links)}\nNo more mail: ${links.unsubscribe}\n`,
  ].join('\n\n');
}

export function RestMail({ notice, links }: { notice: RestNotice; links: MailLinks }) {
  const { when, which, how } = wordsOf(notice);
  const words = look('ink', { fontSize: '16px', lineHeight: '24px', margin: '12px 0 0' });
  return (
    <MailFrame title={restSubject} preview={how} links={links} reason={reason}>
      <Heading as="h1" {...look('ink', { fontSize: '24px', lineHeight: '30px', fontWeight: 700, margin: 0 })}>
        {restSubject}
      </Heading>
      <Text {...words}>{when}</Text>
      <Text {...words}>
        <strong>{which}</strong>
      </Text>
      <Text {...words}>{how}</Text>
      <Button
        href={links.site}
        {...look('fill', {
          borderRadius: '10px',
          padding: '10px 18px',
          fontSize: '15px',
          fontWeight: 600,
          marginTop: '16px',
        })}
      >
        Keep them running
      </Button>
    </MailFrame>
  );
}
