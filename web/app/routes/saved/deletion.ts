import { Trash2 } from 'lucide-react';
import type { Confirmation } from '../../components/confirm.js';

/** Deleting a saved search, after asking. */
export const deletion = ({ id, name }: { id: string; name: string }): Confirmation => ({
  icon: Trash2,
  verb: 'Delete',
  name,
  question: `Delete “${name}”?`,
  consequence: 'The search is forgotten. What its runs found stays in your history.',
  action: `/saved/${id}/delete`,
});
