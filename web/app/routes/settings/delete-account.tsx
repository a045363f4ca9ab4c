import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { Form, Link, type MetaFunction, useActionData, useNavigation } from '@remix-run/react';
import { Trash2 } from 'lucide-react';
import { attempt } from '../../api/client.server.js';
import { problemSentence } from '../../api/problems.js';
import { requireVisitor } from '../../auth.server.js';
import { button } from '../../components/button.js';
import { Field } from '../../components/field.js';
import { useFocusFirstError } from '../../components/focus-first-error.js';
import { Notice } from '../../components/notice.js';
import { signedOutCookie } from '../../session.server.js';

export const meta: MetaFunction = () => [{ title: 'Delete your account · Searching The Fox' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { headers } = await requireVisitor(request);
  return data(null, { headers });
}

export async function action({ request }: ActionFunctionArgs) {
  const { api, headers } = await requireVisitor(request);
  const password = String((await request.formData()).get('password') ?? '');
  const outcome = await attempt(api.DELETE('/me', { body: { password } }));
  if (outcome.ok) {
    throw redirect('/account-deleted', { headers: { 'Set-Cookie': await signedOutCookie(request) } });
  }
  const { problem } = outcome;
  // One that no account can have is wrong as well.
  const isWrong = problem.type.endsWith('/wrong-credentials') || problem.status === 400;
  return data(
    isWrong ? { password: 'This is not the password of your account.' } : { form: problemSentence(problem) },
    { status: 422, headers },
  );
}

export default function DeleteAccountPage() {
  const problem = useActionData<typeof action>() as { password?: string; form?: string } | undefined;
  const form = useFocusFirstError(problem);
  const busy = useNavigation().formMethod === 'POST';
  return (
    <main id="main" className="mx-auto max-w-xl px-4 py-12">
      <div className="card grid gap-4 p-6">
        <h1 className="text-lg font-bold">Delete your account?</h1>
        <p className="text-muted">
          Searches under way are cancelled, none runs by itself any more, no mail is sent, and feeds end. Your
          saved searches, results, marks and settings are removed. This cannot be undone.
        </p>
        <p className="text-muted">
          <a href="/settings/export" download className="link">
            Download your data
          </a>{' '}
          first, if you want to keep it.
        </p>
        {problem?.form && (
          <Notice kind="bad" alert>
            {problem.form}
          </Notice>
        )}
        <Form method="post" noValidate ref={form} className="grid gap-4">
          <Field id="password" label="Your password" error={problem?.password}>
            {(control) => (
              <input
                {...control}
                name="password"
                type="password"
                autoComplete="current-password"
                required
                maxLength={72}
              />
            )}
          </Field>
          <div className="flex flex-wrap gap-2">
            <Link to="/settings" className={button('secondary')}>
              Keep it
            </Link>
            <button type="submit" disabled={busy} className={button('danger')}>
              <Trash2 aria-hidden="true" className="size-4" />
              Delete my account
            </button>
          </div>
        </Form>
      </div>
    </main>
  );
}
