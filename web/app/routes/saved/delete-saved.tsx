import { Form, Link } from '@remix-run/react';
import { Trash2 } from 'lucide-react';
import { AlertDialog } from 'radix-ui';
import { button } from '../../components/button.js';
import { useHydrated } from '../../live/use-server-clock.js';

const question = (name: string) => `Delete “${name}”?`;
const consequence = 'The search is forgotten. What its runs found stays in your history.';

/** Deletes after asking: in a dialog, or on a page of its own without scripts. */
export function DeleteSaved({ id, name }: { id: string; name: string }) {
  const look = button('danger');
  const content = (
    <>
      <Trash2 aria-hidden="true" className="size-4" />
      Delete<span className="sr-only"> {name}</span>
    </>
  );
  if (!useHydrated())
    return (
      <Link to={`/saved/${id}/delete`} className={look}>
        {content}
      </Link>
    );
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger className={look}>{content}</AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 bg-[rgb(0_0_0/50%)]" />
        <AlertDialog.Content className="card fixed top-1/2 left-1/2 z-50 w-[min(28rem,calc(100vw-2rem))] -translate-1/2 p-6 shadow-float">
          <AlertDialog.Title className="text-lg font-bold">{question(name)}</AlertDialog.Title>
          <AlertDialog.Description className="mt-1 mb-5 text-muted">{consequence}</AlertDialog.Description>
          <div className="flex flex-wrap justify-end gap-2">
            <AlertDialog.Cancel className={button('secondary')}>Keep it</AlertDialog.Cancel>
            <ConfirmDelete id={id} />
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

export function ConfirmDelete({ id }: { id: string }) {
  return (
    <Form method="post" action={`/saved/${id}/delete`}>
      <button type="submit" className={button('danger')}>
        <Trash2 aria-hidden="true" className="size-4" />
        Delete
      </button>
    </Form>
  );
}

/** The same question as a page. */
export function DeleteQuestion({ id, name }: { id: string; name: string }) {
  return (
    <div className="card p-6">
      <h1 className="text-lg font-bold">{question(name)}</h1>
      <p className="mt-1 mb-5 text-muted">{consequence}</p>
      <div className="flex flex-wrap gap-2">
        <Link to="/saved" className={button('secondary')}>
          Keep it
        </Link>
        <ConfirmDelete id={id} />
      </div>
    </div>
  );
}
