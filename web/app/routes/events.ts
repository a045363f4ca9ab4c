import type { LoaderFunctionArgs } from '@remix-run/node';
import { proxyEvents } from '../live/proxy.server.js';

export const loader = ({ request }: LoaderFunctionArgs) => proxyEvents(request, '/events');
