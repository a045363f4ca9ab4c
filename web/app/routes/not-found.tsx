import { problemResponse } from '../api/client.server.js';

/** Every address that is no page. A route of its own, so that the page knows who is signed in. */
export const loader = () => {
  throw problemResponse({ type: '/problems/not-found', title: 'Not found', status: 404 });
};

export default function NotFound() {
  return null;
}
