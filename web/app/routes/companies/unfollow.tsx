import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { type MetaFunction, useLoaderData } from '@remix-run/react';
import { attempt, problemResponse } from '../../api/client.server.js';
import { requireVisitor } from '../../auth.server.js';
import { ConfirmPage } from '../../components/confirm.js';
import { unfollowing } from './unfollowing.js';

export const meta: MetaFunction = () => [{ title: 'Unfollow a company · Searching The Fox' }];

const pathOf = (params: LoaderFunctionArgs['params']) => ({
  board: String(params.board),
  token: String(params.token),
});

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { api, ask, headers } = await requireVisitor(request);
  const query = { limit: 1 };
  const { company } = await ask(
    api.GET('/companies/{board}/{token}/postings', { params: { path: pathOf(params), query } }),
  );
  return data({ company }, { headers });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { api, headers } = await requireVisitor(request);
  const outcome = await attempt(
    api.DELETE('/companies/{board}/{token}', { params: { path: pathOf(params) } }),
  );
  // Let go already, on another device say: what was wanted is so.
  if (outcome.ok || outcome.problem.status === 404) return redirect('/companies', { headers });
  throw problemResponse(outcome.problem);
}

export default function UnfollowPage() {
  const { company } = useLoaderData<typeof loader>();
  return <ConfirmPage confirmation={unfollowing(company)} back="/companies" />;
}
