import { z } from 'zod';
import { port, wholeNumber } from '../../domain/settings.js';

/** Every setting of the local Supabase's process. `npm start` and the tests give them; people set the ports only. */
export const localSupabaseSettings = z.object({
  SUPABASE_PORT: port.default(54_321),
  /** The file with the stack's secrets; made when missing. */
  SECRETS_FILE: z.string(),
  /** The folder of Postgres's data, which this process then runs; or */
  POSTGRES_DATA_DIR: z.string().optional(),
  POSTGRES_PORT: port.default(54_322),
  /** the superuser's address of a prepared database on a server that runs already. */
  POSTGRES_URL: z.url({ protocol: /^postgres$/ }).optional(),
  ACCESS_TOKEN_SECONDS: wholeNumber(5, 604_800).default(3_600),
  /** Who serves `/rest/v1`: PostgREST where its program is to be had. */
  REST_SERVER: z.enum(['auto', 'lite']).default('auto'),
});
