import { Form, Link } from '@remix-run/react';
import type { LucideIcon } from 'lucide-react';
import { AlertDialog } from 'radix-ui';
import { useHydrated } from '../live/use-server-clock.js';
import { button } from './button.js';

/** What is done only after asking. */
export interface Confirmation {
  icon: LucideIcon;
  verb: string;
  /** What it is done to. */
  name: string;
  question: string;
  consequence: string;
  /** Where it is posted to; without scripts also the page that asks. */
  action: string;
}

/** Does it after asking: in a dialog, or on a page of its own without scripts. */
export function ConfirmButton({ confirmation }: { confirmation: Confirmation }) {
  const { icon: Icon, verb, name, question, consequence, action } = confirmation;
  const look = button('danger');
  const content = (
    <>
      <Icon aria-hidden="true" className="size-4" />
      {verb}
      <span className="sr-only"> {name}</span>
    </>
  );
  if (!useHydrated())
    return (
      <Link to={action} className={look}>
        {content}
      </Link>
    );
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger className={look}>{content}</AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 bg-[rgb(0_0_0/50%)]" />
        <AlertDialog.Content className="card fixed top-1/2 left-1/2 z-50 w-[min(28rem,calc(100vw-2rem))] -translate-1/2 p-6 shadow-float">
          <AlertDialog.Title className="text-lg font-bold">{question}</AlertDialog.Title>
          <AlertDialog.Description className="mt-1 mb-5 text-muted">{consequence}</AlertDialog.Description>
          <div className="flex flex-wrap justify-end gap-2">
            <AlertDialog.Cancel className={button('secondary')}>Keep it</AlertDialog.Cancel>
            <Confirm confirmation={confirmation} />
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

function Confirm({ confirmation: { icon: Icon, verb, action } }: { confirmation: Confirmation }) {
  return (
    <Form method="post" action={action}>
      <button type="submit" className={button('danger')}>
        <Icon aria-hidden="true" className="size-4" />
        {verb}
      </button>
    </Form>
  );
}

/** The same question as a page. */
export function ConfirmPage({ confirmation, back }: { confirmation: Confirmation; back: string }) {
  return (
    <main id="main" className="mx-auto max-w-xl px-4 py-12">
      <div className="card p-6">
        <h1 className="text-lg font-bold">{confirmation.question}</h1>
        <p className="mt-1 mb-5 text-muted">{confirmation.consequence}</p>
        <div className="flex flex-wrap gap-2">
          <Link to={back} className={button('secondary')}>
            Keep it
          </Link>
          <Confirm confirmation={confirmation} />
        </div>
      </div>
    </main>
  );
}
