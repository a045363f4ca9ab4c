import {
  Ban,
  CircleCheck,
  CircleDashed,
  CircleX,
  LoaderCircle,
  type LucideIcon,
  TriangleAlert,
} from 'lucide-react';
import type { Run } from '../api/types.js';
import { type ShownStatus, shownStatus, statusLabels } from '../format/run.js';
import { Badge } from './badge.js';

const looks: Record<ShownStatus, { icon: LucideIcon; look: string }> = {
  pending: { icon: CircleDashed, look: 'bg-inset text-ink' },
  running: { icon: LoaderCircle, look: 'bg-accent-soft text-accent' },
  success: { icon: CircleCheck, look: 'bg-good-soft text-good' },
  partial: { icon: TriangleAlert, look: 'bg-warn-soft text-warn' },
  failed: { icon: CircleX, look: 'bg-bad-soft text-bad' },
  cancelled: { icon: Ban, look: 'bg-inset text-muted' },
};

/** A state that is known already. */
export const ShownStatusBadge = ({ status }: { status: ShownStatus }) => (
  <Badge {...looks[status]}>{statusLabels[status]}</Badge>
);

/** A run's state. */
export function StatusBadge({
  run,
}: {
  run: Pick<Run, 'status' | 'boards'> & Partial<Pick<Run, 'cancelRequestedAt'>>;
}) {
  const status = shownStatus(run);
  const cancelling = (status === 'running' || status === 'pending') && run.cancelRequestedAt;
  return <Badge {...looks[status]}>{cancelling ? 'Cancelling…' : statusLabels[status]}</Badge>;
}
