import { type ActionFunctionArgs, data, type HeadersFunction } from '@remix-run/node';
import { Form, Link, type MetaFunction, useActionData } from '@remix-run/react';
import { MailCheck, MailX } from 'lucide-react';
import { apiClient, attempt } from '../api/client.server.js';
import { problemSentence } from '../api/problems.js';
import { AccountPage } from '../components/account-page.js';
import { button } from '../components/button.js';
import { Notice } from '../components/notice.js';

export const meta: MetaFunction = () => [
  { title: 'Mail about your searches · Searching The Fox' },
  { name: 'robots', content: 'noindex' },
];

export const headers: HeadersFunction = () => ({ 'X-Robots-Tag': 'noindex' });

/**
 * The page's buttons, and the one-click of mail programs (RFC 8058): a POST from anywhere, without a cookie, that is
 * answered at once and not sent elsewhere. The secret in the address is all it takes.
 */
export async function action({ request, params }: ActionFunctionArgs) {
  const undo = (await request.formData()).get('intent') === 'undo';
  const body = { token: String(params.token) };
  const api = apiClient(request);
  const outcome = await attempt(
    undo ? api.POST('/unsubscribe/undo', { body }) : api.POST('/unsubscribe', { body }),
  );
  if (outcome.ok) return data({ state: undo ? ('on' as const) : ('off' as const) });
  const { problem } = outcome;
  const sentence =
    problem.status === 404 || problem.status === 400
      ? 'This link is not good any more. Use the one in your latest mail, or sign in and choose in your settings.'
      : problemSentence(problem);
  return data(
    { state: 'failed' as const, sentence },
    { status: problem.status === 400 ? 404 : problem.status },
  );
}

const words = {
  asked: {
    title: 'Stop the mails?',
    lead: 'No more digests of what your saved searches find, and no word before they rest. The searches themselves go on.',
  },
  off: {
    title: 'No more mail',
    lead: 'You get no more mail about your saved searches. They go on, and what they find waits for you here.',
  },
  on: { title: 'The mails go on', lead: 'You get them as you did before.' },
};

export default function Unsubscribe() {
  const done = useActionData<typeof action>();
  const state = done === undefined || done.state === 'failed' ? 'asked' : done.state;
  return (
    <AccountPage
      {...words[state]}
      aside={
        <>
          How often, and when not:{' '}
          <Link to="/settings" className="link font-semibold">
            your settings
          </Link>
        </>
      }
    >
      <div className="grid gap-4">
        {done?.state === 'failed' && (
          <Notice kind="bad" alert>
            {done.sentence}
          </Notice>
        )}
        <Form method="post">
          {state === 'off' ? (
            <button type="submit" name="intent" value="undo" className={button('secondary', 'w-full')}>
              <MailCheck aria-hidden="true" className="size-4" />
              Undo, and send them again
            </button>
          ) : (
            <button type="submit" name="intent" value="stop" className={button('primary', 'w-full')}>
              <MailX aria-hidden="true" className="size-4" />
              Stop the mails
            </button>
          )}
        </Form>
      </div>
    </AccountPage>
  );
}
