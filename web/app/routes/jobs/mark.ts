import { type ActionFunctionArgs, redirect } from '@remix-run/node';
import { act } from '../../marking/act.server.js';

/** Where every form about a job or a hidden term is sent. */
export const action = ({ request }: ActionFunctionArgs) => act(request);

export const loader = () => redirect('/jobs');
