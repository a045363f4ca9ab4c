import type { LoaderFunctionArgs } from '@remix-run/node';
import { handOn } from '../api/hand-on.server.js';

/** A saved search's private feed, for readers that sign in nowhere. */
export const loader = ({ request, params }: LoaderFunctionArgs) =>
  handOn(
    request,
    `/feeds/${encodeURIComponent(String(params.token))}/${encodeURIComponent(String(params.format))}`,
  );
