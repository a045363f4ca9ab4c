import { type ActionFunctionArgs, redirect } from '@remix-run/node';
import { safeRedirect } from '../redirects.js';
import { themeSetCookie, themes } from '../session.server.js';

export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData();
  const theme = themes.find((each) => each === form.get('theme')) ?? 'system';
  return redirect(safeRedirect(form.get('to')), {
    headers: { 'Set-Cookie': await themeSetCookie(request, theme) },
  });
}

export const loader = () => redirect('/');
