import { Button } from '@react-email/button';
import { Heading } from '@react-email/heading';
import { Text } from '@react-email/text';
import type { MailLinks } from './digest.js';
import { look, MailFrame } from './mail-frame.js';
import { type RestNotice, restReason, restSubject, restWords } from './rest-notice.js';

export function RestMail({ notice, links }: { notice: RestNotice; links: MailLinks }) {
  const { when, which, how } = restWords(notice);
  const words = look('ink', { fontSize: '16px', lineHeight: '24px', margin: '12px 0 0' });
  return (
    <MailFrame title={restSubject} preview={how} links={links} reason={restReason}>
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
