import clsx from 'clsx';
import { LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** A state by icon and words; colour only adds to them. */
export function Badge({
  icon: Icon,
  look,
  children,
}: {
  icon: LucideIcon;
  look: string;
  children: ReactNode;
}) {
  return (
    <span
      className={clsx(
        'inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-sm font-semibold whitespace-nowrap',
        look,
      )}
    >
      <Icon
        aria-hidden="true"
        className={clsx('size-4', Icon === LoaderCircle && 'animate-spin motion-reduce:animate-none')}
      />
      {children}
    </span>
  );
}
