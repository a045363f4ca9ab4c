import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { Link, type MetaFunction, useActionData, useLocation } from '@remix-run/react';
import { findVisitor } from '../auth.server.js';
import { AccountPage } from '../components/account-page.js';
import { CredentialsForm } from '../components/credentials-form.js';
import { enter } from '../credentials.server.js';
import { safeRedirect } from '../redirects.js';

export const meta: MetaFunction = () => [{ title: 'Sign in · Searching The Fox' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const visitor = await findVisitor(request);
  if (!visitor) return null;
  throw redirect(safeRedirect(new URL(request.url).searchParams.get('to')), { headers: visitor.headers });
}

export async function action({ request }: ActionFunctionArgs) {
  return data(await enter(request, '/auth/sign-in'), { status: 422 });
}

export default function SignIn() {
  const problem = useActionData<typeof action>();
  const { search } = useLocation();
  return (
    <AccountPage
      title="Sign in"
      lead="Your searches and what they found are where you left them."
      aside={
        <>
          New here?{' '}
          <Link to={`/sign-up${search}`} className="link font-semibold">
            Create an account
          </Link>
        </>
      }
    >
      <CredentialsForm purpose="sign-in" problem={problem} />
    </AccountPage>
  );
}
