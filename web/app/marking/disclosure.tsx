import clsx from 'clsx';
import { type ReactNode, useRef } from 'react';
import { button } from '../components/button.js';

/** A button that opens a small form below its row; Escape closes it. Works without scripts. */
export function Disclosure({
  label,
  pressed = false,
  children,
}: {
  label: ReactNode;
  /** Drawn as something that is done. */
  pressed?: boolean;
  /** Gets what closes it and gives the focus back. */
  children: (close: () => void) => ReactNode;
}) {
  const details = useRef<HTMLDetailsElement>(null);
  const close = () => {
    if (!details.current) return;
    details.current.open = false;
    details.current.querySelector('summary')?.focus();
  };
  return (
    <details
      ref={details}
      className="min-w-0 open:order-last open:basis-full"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !details.current?.open) return;
        event.stopPropagation();
        close();
      }}
    >
      <summary
        className={clsx(
          button('quiet', 'list-none px-3 [&::-webkit-details-marker]:hidden'),
          pressed && 'bg-accent-soft',
        )}
      >
        {label}
      </summary>
      <div className="mt-2 grid gap-3 rounded-md bg-inset p-4">{children(close)}</div>
    </details>
  );
}
