import { X } from 'lucide-react';
import type { Company } from '../../api/types.js';
import type { Confirmation } from '../../components/confirm.js';

/** Letting a company go, after asking. */
export const unfollowing = ({
  board,
  token,
  name,
}: Pick<Company, 'board' | 'token' | 'name'>): Confirmation => ({
  icon: X,
  verb: 'Unfollow',
  name,
  question: `Unfollow ${name}?`,
  consequence: 'Its jobs are not read for you any more. What your searches found of it stays.',
  action: `/companies/${board}/${token}/unfollow`,
});
