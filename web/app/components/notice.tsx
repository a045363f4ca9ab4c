import clsx from 'clsx';
import { CircleAlert, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

const kinds: Record<'info' | 'warn' | 'bad', { look: string; icon: LucideIcon }> = {
  info: { look: 'border-line bg-inset text-ink', icon: Info },
  warn: { look: 'border-warn/40 bg-warn-soft text-warn', icon: TriangleAlert },
  bad: { look: 'border-bad/40 bg-bad-soft text-bad', icon: CircleAlert },
};

/** A message within the page. `alert` for what went wrong just now, so that it is read out at once. */
export function Notice({
  kind = 'info',
  alert = false,
  className,
  children,
}: {
  kind?: keyof typeof kinds;
  alert?: boolean;
  className?: string;
  children: ReactNode;
}) {
  const { look, icon: Icon } = kinds[kind];
  return (
    <div
      role={alert ? 'alert' : undefined}
      className={clsx('flex items-start gap-2.5 rounded-md border px-4 py-3 text-sm', look, className)}
    >
      <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}
