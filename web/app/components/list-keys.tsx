import { Keyboard, X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useEffect, useRef, useState } from 'react';
import { useHydrated } from '../live/use-server-clock.js';
import { button } from './button.js';
import { useReturnFocus } from './use-return-focus.js';

interface ListKeysProps {
  /** Selector of the list's items, each of which holds the link that opens it before any other. */
  item: string;
  /** Selector of what holds the filters. */
  filter: string;
  /** What the items are, in the plural, for the help. */
  what: string;
  /** Esc, where there is something of the list to let go of. */
  onEscape?: () => void;
  /** Items have a box to tick. */
  selectable?: boolean;
}

/** Where a person turned the keys off, on this device. */
const switchedOff = 'fox-keys-off';

const fields = 'input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]';
const dialogs = '[role=dialog], [role=alertdialog]';

/**
 * Keys of one letter for a list: j and k go down and up, o opens, x ticks, / goes to the filters, ? shows the help, Esc
 * leaves. They are off in fields and while a dialog is open, and can be turned off for good: speech and shaky hands
 * press letters that nobody meant (WCAG 2.1.4).
 */
export function ListKeys({ item, filter, what, onEscape, selectable = false }: ListKeysProps) {
  const hydrated = useHydrated();
  useReturnFocus(item);
  const [help, setHelp] = useState(false);
  const [on, setOn] = useState(true);
  useEffect(() => setOn(localStorage.getItem(switchedOff) === null), []);

  const press = useRef<(event: KeyboardEvent) => void>(() => {});
  press.current = (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const focused = document.activeElement;
    if (document.querySelector(dialogs)) return;
    if (focused?.matches(fields)) {
      if (event.key === 'Escape') (focused as HTMLElement).blur();
      return;
    }
    const act = (on ? keys : escapeOnly)[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  const items = () => [...document.querySelectorAll<HTMLElement>(item)];
  const current = () => items().findIndex((each) => each.contains(document.activeElement));
  const link = (at: number) => items()[at]?.querySelector('a');
  const leave = () => {
    onEscape?.();
    if (current() >= 0) (document.activeElement as HTMLElement).blur();
  };
  const escapeOnly: Record<string, () => void> = { Escape: leave };
  const keys: Record<string, () => void> = {
    ...escapeOnly,
    j: () => link(Math.min(current() + 1, items().length - 1))?.focus(),
    k: () => link(Math.max(current() - 1, 0))?.focus(),
    o: () => link(current())?.click(),
    '/': () => document.querySelector<HTMLElement>(`${filter} :is(select, input)`)?.focus(),
    '?': () => setHelp(true),
    ...(selectable && { x: () => items()[current()]?.querySelector('input')?.click() }),
  };

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => press.current(event);
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);

  if (!hydrated) return null;
  const turn = (to: boolean) => {
    setOn(to);
    if (to) localStorage.removeItem(switchedOff);
    else localStorage.setItem(switchedOff, 'true');
  };
  return (
    <Dialog.Root open={help} onOpenChange={setHelp}>
      <Dialog.Trigger className={button('quiet', 'px-2 max-sm:hidden')}>
        <Keyboard aria-hidden="true" className="size-4" />
        Keys
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[rgb(0_0_0/50%)]" />
        <Dialog.Content className="card fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-2rem)] w-[min(26rem,calc(100vw-2rem))] -translate-1/2 overflow-y-auto p-6 shadow-float">
          <div className="flex items-start justify-between gap-3">
            <Dialog.Title className="text-lg font-bold">Keyboard</Dialog.Title>
            <Dialog.Close
              aria-label="Close"
              className="-m-1 grid size-8 place-items-center rounded-md text-muted hover:bg-inset"
            >
              <X aria-hidden="true" className="size-4" />
            </Dialog.Close>
          </div>
          <Dialog.Description className="mt-1 text-sm text-muted">
            Keys for the {what}. They rest while you type and while a dialog is open.
          </Dialog.Description>
          <KeyTable what={what} selectable={selectable} />
          <label className="mt-4 flex min-h-10 items-center gap-2 text-sm">
            <input
              type="checkbox"
              checked={on}
              onChange={(event) => turn(event.target.checked)}
              className="size-5"
            />
            Use these keys on this device
          </label>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function KeyTable({ what, selectable }: { what: string; selectable: boolean }) {
  const rows = [
    ['j', `Down the ${what}`],
    ['k', `Up the ${what}`],
    ['o', 'Open the one in focus'],
    ...(selectable ? [['x', 'Tick the one in focus']] : []),
    ['/', 'To the filters'],
    ['?', 'This help'],
    ['Esc', selectable ? 'Leave, and untick all' : 'Leave'],
  ] as const;
  return (
    <dl className="mt-4 grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2 text-sm">
      {rows.map(([key, does]) => (
        <div key={key} className="contents">
          <dt>
            <kbd className="inline-block min-w-8 rounded-sm border border-edge bg-inset px-2 py-0.5 text-center font-semibold">
              {key}
            </kbd>
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  );
}
