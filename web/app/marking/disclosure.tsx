import clsx from 'clsx';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { button } from '../components/button.js';

/**
 * A button that opens a small form below its row; Escape closes it. The form is there once it was opened: a page has
 * scores of them, and each takes as long as a row. Without scripts they are all there from the start.
 */
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
  const [opened, setOpened] = useState(false);
  // It may have been opened before scripts ran.
  useEffect(() => setOpened(details.current?.open ?? false), []);
  const close = () => {
    if (!details.current) return;
    details.current.open = false;
    details.current.querySelector('summary')?.focus();
  };
  return (
    <details
      ref={details}
      className="min-w-0 open:order-last open:basis-full"
      onToggle={(event) => {
        if (event.currentTarget.open) setOpened(true);
      }}
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
      {opened ? (
        <Opened>{children(close)}</Opened>
      ) : (
        // Rendered by the server only; a browser with scripts reads it as text.
        <noscript>
          <Opened>{children(close)}</Opened>
        </noscript>
      )}
    </details>
  );
}

const Opened = ({ children }: { children: ReactNode }) => (
  <div className="mt-2 grid gap-3 rounded-md bg-inset p-4">{children}</div>
);
