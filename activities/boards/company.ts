import { companyTokenSchema } from '../../domain/board.js';
import { BoardError, type PageRequest } from './board.js';

/** The parts of an address's path, decoded. */
export function partsOf({ pathname }: URL): string[] {
  return pathname.split('/').flatMap((part) => {
    if (part === '') return [];
    try {
      return [decodeURIComponent(part)];
    } catch {
      // Not an encoding: as it stands, for people to see.
      return [part];
    }
  });
}

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
