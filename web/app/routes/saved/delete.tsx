import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { type MetaFunction, useLoaderData } from '@remix-run/react';
import { attempt, problemResponse } from '../../api/client.server.js';
import { requireVisitor } from '../../auth.server.js';
import { ConfirmPage } from '../../components/confirm.js';
import { deletion } from './deletion.js';

export const meta: MetaFunction = () => [{ title: 'Delete a saved search · Searching The Fox' }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { api, ask, headers } = await requireVisitor(request);
  const path = { id: String(params.id) };
  const { id, name } = await ask(api.GET('/saved-searches/{id}', { params: { path } }));
  return data({ id, name }, { headers });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { api, headers } = await requireVisitor(request);
  const path = { id: String(params.id) };
  const outcome = await attempt(api.DELETE('/saved-searches/{id}', { params: { path } }));
  // Deleted already, on another device say: what was wanted is so.
  if (outcome.ok || outcome.problem.status === 404) return redirect('/saved', { headers });
  throw problemResponse(outcome.problem);
}

export default function DeletePage() {
  const saved = useLoaderData<typeof loader>();
  return <ConfirmPage confirmation={deletion(saved)} back="/saved" />;
}
