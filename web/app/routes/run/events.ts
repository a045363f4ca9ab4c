import type { LoaderFunctionArgs } from '@remix-run/node';
import { proxyEvents } from '../../live/proxy.server.js';

export const loader = ({ request, params }: LoaderFunctionArgs) =>
  proxyEvents(request, `/runs/${encodeURIComponent(params.id ?? '')}/events`);
