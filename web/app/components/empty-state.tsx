import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** What stands where a list would, when there is nothing to list: why, and what to do. */
export function EmptyState({
  icon: Icon,
  title,
  children,
  actions,
}: {
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-3 rounded-lg border border-dashed border-edge px-5 py-10 text-center">
      <span className="rounded-full bg-inset p-3 text-muted">
        <Icon aria-hidden="true" className="size-6" />
      </span>
      <p className="text-lg font-semibold">{title}</p>
      {children && <div className="max-w-prose text-sm text-muted">{children}</div>}
      {actions && <div className="mt-1 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
