import { Form, Link } from '@remix-run/react';
import { X } from 'lucide-react';
import { AlertDialog } from 'radix-ui';
import type { Company } from '../../api/types.js';
import { button } from '../../components/button.js';
import { useHydrated } from '../../live/use-server-clock.js';

type Named = Pick<Company, 'board' | 'token' | 'name'>;

const question = ({ name }: Named) => `Unfollow ${name}?`;
const consequence = 'Its jobs are not read for you any more. What your searches found of it stays.';
const pathOf = ({ board, token }: Named) => `/companies/${board}/${token}/unfollow`;

/** Lets a company go after asking: in a dialog, or on a page of its own without scripts. */
export function Unfollow({ company }: { company: Named }) {
  const look = button('danger');
  const content = (
    <>
      <X aria-hidden="true" className="size-4" />
      Unfollow<span className="sr-only"> {company.name}</span>
    </>
  );
  if (!useHydrated())
    return (
      <Link to={pathOf(company)} className={look}>
        {content}
      </Link>
    );
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger className={look}>{content}</AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 bg-[rgb(0_0_0/50%)]" />
        <AlertDialog.Content className="card fixed top-1/2 left-1/2 z-50 w-[min(28rem,calc(100vw-2rem))] -translate-1/2 p-6 shadow-float">
          <AlertDialog.Title className="text-lg font-bold">{question(company)}</AlertDialog.Title>
          <AlertDialog.Description className="mt-1 mb-5 text-muted">{consequence}</AlertDialog.Description>
          <div className="flex flex-wrap justify-end gap-2">
            <AlertDialog.Cancel className={button('secondary')}>Keep it</AlertDialog.Cancel>
            <ConfirmUnfollow company={company} />
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

function ConfirmUnfollow({ company }: { company: Named }) {
  return (
    <Form method="post" action={pathOf(company)}>
      <button type="submit" className={button('danger')}>
        <X aria-hidden="true" className="size-4" />
        Unfollow
      </button>
    </Form>
  );
}

/** The same question as a page. */
export function UnfollowQuestion({ company }: { company: Named }) {
  return (
    <div className="card p-6">
      <h1 className="text-lg font-bold">{question(company)}</h1>
      <p className="mt-1 mb-5 text-muted">{consequence}</p>
      <div className="flex flex-wrap gap-2">
        <Link to="/companies" className={button('secondary')}>
          Keep it
        </Link>
        <ConfirmUnfollow company={company} />
      </div>
    </div>
  );
}
