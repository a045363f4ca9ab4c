import clsx from 'clsx';
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

const looks: Record<ShownStatus, { icon: LucideIcon; look: string }> = {
  pending: { icon: CircleDashed, look: 'bg-inset text-ink' },
  running: { icon: LoaderCircle, look: 'bg-accent-soft text-accent' },
  success: { icon: CircleCheck, look: 'bg-good-soft text-good' },
  partial: { icon: TriangleAlert, look: 'bg-warn-soft text-warn' },
  failed: { icon: CircleX, look: 'bg-bad-soft text-bad' },
  cancelled: { icon: Ban, look: 'bg-inset text-muted' },
};

/** A run's state by icon and words; colour only adds to them. */
export function StatusBadge({
  run,
}: {
  run: Pick<Run, 'status' | 'boards'> & Partial<Pick<Run, 'cancelRequestedAt'>>;
}) {
  const status = shownStatus(run);
  const { icon: Icon, look } = looks[status];
  const cancelling = (status === 'running' || status === 'pending') && run.cancelRequestedAt;
  return (
    <span
      className={clsx(
        'inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-sm font-semibold whitespace-nowrap',
        look,
      )}
    >
      <Icon
        aria-hidden="true"
        className={clsx('size-4', status === 'running' && 'animate-spin motion-reduce:animate-none')}
      />
      {cancelling ? 'Cancelling…' : statusLabels[status]}
    </span>
  );
}
