import { Link } from '@remix-run/react';
import { X } from 'lucide-react';
import { Toast } from 'radix-ui';
import type { Run } from '../api/types.js';
import { statusSentence } from '../format/run.js';
import { button } from './button.js';
import { StatusBadge } from './status-badge.js';

/** A search that has ended, told in the corner of the page for some seconds. */
export default function RunToast({ run, onDismiss }: { run: Run; onDismiss: () => void }) {
  return (
    <Toast.Provider label="Search ended" duration={12_000} swipeDirection="right">
      <Toast.Root
        key={run.id}
        onOpenChange={(open) => !open && onDismiss()}
        className="enter card flex items-start gap-3 p-4 shadow-float"
      >
        <div className="min-w-0 flex-1 text-sm">
          <Toast.Title className="font-semibold">{run.summary}</Toast.Title>
          <p className="mt-1">
            <StatusBadge run={run} />
          </p>
          <Toast.Description className="mt-1 text-muted">{statusSentence(run)}</Toast.Description>
          <Toast.Action asChild altText="Open the search in your history">
            <Link to={`/runs/${run.id}`} className={button('primary', 'mt-3')}>
              {run.found > 0 ? 'See what it found' : 'See what happened'}
            </Link>
          </Toast.Action>
        </div>
        <Toast.Close
          aria-label="Close"
          className="-m-1 grid size-8 place-items-center rounded-md text-muted hover:bg-inset"
        >
          <X aria-hidden="true" className="size-4" />
        </Toast.Close>
      </Toast.Root>
      <Toast.Viewport className="fixed right-4 bottom-4 z-40 m-0 w-[min(24rem,calc(100vw-2rem))] list-none p-0" />
    </Toast.Provider>
  );
}
