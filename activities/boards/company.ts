import { companyTokenSchema } from '../../domain/board.js';
import { BoardError, type PageRequest } from './board.js';

/**
 * The company whose list is asked for, its token safe to stand in a path.
 * @throws BoardError `config` when the token is missing or has an impossible shape.
 */
export function companyOf(request: Pick<PageRequest, 'company'>): { token: string; name: string } {
  const { company } = request;
  if (!company || !companyTokenSchema.safeParse(company.token).success) {
    throw new BoardError('config', `"${company?.token ?? ''}" cannot be a company's token`);
  }
  return company;
}
