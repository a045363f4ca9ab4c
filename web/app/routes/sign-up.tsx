import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { Link, type MetaFunction, useActionData, useLocation } from '@remix-run/react';
import { findVisitor } from '../auth.server.js';
import { AccountPage } from '../components/account-page.js';
import { CredentialsForm } from '../components/credentials-form.js';
import { enter } from '../credentials.server.js';
import { safeRedirect } from '../redirects.js';

export const meta: MetaFunction = () => [{ title: 'Create an account · Searching The Fox' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const visitor = await findVisitor(request);
  if (!visitor) return null;
  throw redirect(safeRedirect(new URL(request.url).searchParams.get('to')), { headers: visitor.headers });
}

export async function action({ request }: ActionFunctionArgs) {
  return data(await enter(request, '/auth/sign-up'), { status: 422 });
}

export default function SignUp() {
  const problem = useActionData<typeof action>();
  const { search } = useLocation();
  return (
    <AccountPage
      title="Create an account"
      lead="So that your searches go on when you close the page, and wait for you on every device."
      aside={
        <>
          Have an account?{' '}
          <Link to={`/sign-in${search}`} className="link font-semibold">
            Sign in
          </Link>
        </>
      }
    >
      <CredentialsForm purpose="sign-up" problem={problem} />
    </AccountPage>
  );
}
