import { X } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { button } from '../components/button.js';
import { MarkForm } from './mark-form.js';
import { Sending } from './send.js';
import type { Told } from './tell.js';

/** Around a list whose jobs can be marked: tells what was done and takes it back. `onTold` keeps the list right. */
export function Marking({ onTold, children }: { onTold?: (told: Told) => void; children: ReactNode }) {
  const [last, setLast] = useState<Told | null>(null);
  const latest = useRef(onTold);
  latest.current = onTold;
  const tell = useCallback((told: Told) => {
    setLast(told);
    if (!told.failed) latest.current?.(told);
  }, []);
  const [undoButton, closeButton] = useFocusWhenLost(last);
  return (
    <Sending tell={tell}>
      {children}
      <div className="pointer-events-none sticky bottom-3 z-20 flex justify-center" role="status">
        {last && (
          <div
            className="enter card pointer-events-auto flex max-w-full items-center gap-2 py-1.5 pr-1.5 pl-4 text-sm shadow-float"
            data-told={last.failed ? 'failed' : 'done'}
          >
            <p className={last.failed ? 'min-w-0 text-bad' : 'min-w-0'}>{last.message}</p>
            {last.undo && (
              <MarkForm fields={last.undo} message="Taken back." undo={() => null} left={last.before}>
                <button type="submit" ref={undoButton} className={button('quiet', 'px-3')}>
                  Undo
                </button>
              </MarkForm>
            )}
            <button
              type="button"
              ref={closeButton}
              aria-label="Close this message"
              className="grid size-10 shrink-0 place-items-center rounded-md text-muted hover:bg-inset"
              onClick={() => setLast(null)}
            >
              <X aria-hidden="true" className="size-4" />
            </button>
          </div>
        )}
      </div>
    </Sending>
  );
}

/** What was hidden takes the focus away with it: the button that brings it back gets it. */
function useFocusWhenLost(last: Told | null) {
  const undoButton = useRef<HTMLButtonElement>(null);
  const closeButton = useRef<HTMLButtonElement>(null);
  const looked = useRef<Told | null>(null);
  // After each rendering: the list follows a while after what was told.
  useEffect(() => {
    if (!last || looked.current === last || document.activeElement !== document.body) return;
    looked.current = last;
    (undoButton.current ?? closeButton.current)?.focus();
  });
  return [undoButton, closeButton];
}
