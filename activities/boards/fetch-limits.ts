import { z } from 'zod';
import { wholeNumber } from '../../domain/settings.js';

/** What a single request to a board may cost. Settings of the worker; times in milliseconds. */
export const boardFetchLimits = z.object({
  /** DNS, TCP and TLS together. */
  BOARD_CONNECT_TIMEOUT_MS: wholeNumber(100, 60_000).default(5_000),
  /** From the request until its headers have come. Lever has taken ten seconds for a 404. */
  BOARD_RESPONSE_TIMEOUT_MS: wholeNumber(100, 120_000).default(20_000),
  /** Between two chunks of the body. */
  BOARD_IDLE_TIMEOUT_MS: wholeNumber(100, 120_000).default(10_000),
  /** The whole request with its redirects: what ends a body that drips for ever. */
  BOARD_TOTAL_TIMEOUT_MS: wholeNumber(100, 600_000).default(60_000),
  /** The same of a request to a service of our own, which answers when its work is done: longer than its own time-out. */
  SERVICE_TOTAL_TIMEOUT_MS: wholeNumber(100, 900_000).default(150_000),
  /** Bytes of the body after decompression. The largest real board measured is 13 MB. */
  BOARD_MAX_BYTES: wholeNumber(1_024, 268_435_456).default(16_777_216),
  /** Bodies of more than a megabyte that are read at once, whichever board sends them: what bounds their sum. */
  BOARD_LARGE_BODIES: wholeNumber(1, 100).default(2),
  /** Boards block clients that do not say who they are: name the deployment and a contact. */
  BOARD_USER_AGENT: z
    .string()
    .regex(/^[\x20-\x7e]{3,200}$/, { error: 'must be 3 to 200 printable ASCII characters' })
    .default('SearchingTheFox/1.0 (job search service)'),
});
export type BoardFetchLimits = z.infer<typeof boardFetchLimits>;
