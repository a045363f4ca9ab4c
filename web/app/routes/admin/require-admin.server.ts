import { problemResponse } from '../../api/client.server.js';
import { findVisitor, type Visitor } from '../../auth.server.js';

/** The admin who asks. @throws what an address answers at which there is no page, for everybody else. */
export async function requireAdmin(request: Request): Promise<Visitor> {
  const visitor = await findVisitor(request);
  if (visitor?.user.isAdmin) return visitor;
  throw problemResponse({ type: '/problems/not-found', title: 'Not found', status: 404 });
}
