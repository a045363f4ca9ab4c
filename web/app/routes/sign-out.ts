import { type ActionFunctionArgs, redirect } from '@remix-run/node';
import { apiClient, attempt } from '../api/client.server.js';
import { readSignedIn, signedOutCookie } from '../session.server.js';

export async function action({ request }: ActionFunctionArgs) {
  const signedIn = await readSignedIn(request);
  // The tokens are ended on the server where it can be reached; the cookie goes in any case.
  if (signedIn) await attempt(apiClient(request, signedIn.accessToken).POST('/auth/sign-out'));
  return redirect('/', { headers: { 'Set-Cookie': await signedOutCookie(request) } });
}

export const loader = () => redirect('/');
