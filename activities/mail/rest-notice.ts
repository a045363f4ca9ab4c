import { DateTime } from 'luxon';
import { z } from 'zod';
import type { MailLinks } from './digest.js';
import { settingsLink } from './digest.js';

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

export const restReason = 'You get this mail once, because your saved searches are about to rest.';
export const restSubject = 'Your saved searches are about to rest';

/** `Saturday, 28 November`, by the person's clock. */
const dayOf = (at: string, timeZone: string) =>
  DateTime.fromISO(at, { zone: timeZone, locale: 'en-GB' }).toFormat('cccc, d LLLL');

/** What the mail says, in each of its forms. */
export function restWords({ seen_at, rests_at, time_zone, searches }: RestNotice) {
  const more = searches.length - searchesNamed;
  const names = searches.slice(0, searchesNamed).map((name) => name.replace(/\s+/g, ' '));
  return {
    when: `You were last here on ${dayOf(seen_at, time_zone)}. From ${dayOf(rests_at, time_zone)} on your saved searches are not run by themselves any more.`,
    which: names.join(', ') + (more > 0 ? ` and ${more} more` : ''),
    how: 'Open the site, signed in, and they go on at once, as they are. Nothing is deleted.',
  };
}

export function restText(notice: RestNotice, links: MailLinks): string {
  const { when, which, how } = restWords(notice);
  return [
    restSubject,
    when,
    which,
    `${how}\n${links.site}`,
    `-- \n${restReason}\nYour settings: ${settingsLink(links)}\nNo more mail: ${links.unsubscribe}\n`,
  ].join('\n\n');
}
