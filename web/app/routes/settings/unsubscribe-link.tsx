import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import type { MetaFunction } from '@remix-run/react';
import { requireVisitor } from '../../auth.server.js';
import { ConfirmPage } from '../../components/confirm.js';
import { linkRevocation } from './link-revocation.js';

export const meta: MetaFunction = () => [{ title: 'Revoke the unsubscribe link · Searching The Fox' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { headers } = await requireVisitor(request);
  return data(null, { headers });
}

export async function action({ request }: ActionFunctionArgs) {
  const { api, ask, headers } = await requireVisitor(request);
  await ask(api.DELETE('/me/unsubscribe-link'));
  return redirect('/settings?revoked', { headers });
}

export default function RevokeLinkPage() {
  return <ConfirmPage confirmation={linkRevocation} back="/settings" />;
}
