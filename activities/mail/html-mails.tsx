import { render } from '@react-email/render';
import type { Digest, MailLinks } from './digest.js';
import { DigestMail } from './digest-mail.js';
import { RestMail } from './rest-mail.js';
import type { RestNotice } from './rest-notice.js';

export const digestHtml = (digest: Digest, links: MailLinks): Promise<string> =>
  render(<DigestMail digest={digest} links={links} />);

export const restHtml = (notice: RestNotice, links: MailLinks): Promise<string> =>
  render(<RestMail notice={notice} links={links} />);
