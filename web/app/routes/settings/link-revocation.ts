import { Unlink } from 'lucide-react';
import type { Confirmation } from '../../components/confirm.js';

/** Making the unsubscribe link of one's mails useless, after asking. */
export const linkRevocation: Confirmation = {
  icon: Unlink,
  verb: 'Revoke the link',
  name: 'that ends your mails',
  question: 'Revoke the unsubscribe link?',
  consequence:
    'In every mail that you have it leads nowhere from then on. The next mail has a new one; how often mails come stays as it is.',
  action: '/settings/unsubscribe-link',
};
