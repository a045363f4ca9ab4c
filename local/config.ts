import { z } from 'zod';
import { port, wholeNumber } from '../domain/settings.js';

/** Every setting of `npm start`. `.env.example` explains them. */
export const launcherSettings = z.object({
  /** Where the local data is kept, from the project's folder. */
  STF_DATA_DIR: z.string().default('.data'),
  WEB_PORT: port.default(3000),
  API_PORT: port.default(3001),
  BOARDS_PORT: port.default(3002),
  WORKER_HEALTH_PORT: port.default(3003),
  JOBSPY_PORT: port.default(3004),
  /** Where the mailbox's page answers, and where it takes mail. */
  MAILBOX_PORT: port.default(8025),
  SMTP_PORT: port.default(1025),
  /** Another mail server; then no mailbox is started. */
  SMTP_URL: z.string().optional(),
  SUPABASE_PORT: port.default(54_321),
  POSTGRES_PORT: port.default(54_322),
  TEMPORAL_PORT: port.default(7233),
  TEMPORAL_UI_PORT: port.default(8233),
  /** A Temporal server that runs already; then none is started. */
  TEMPORAL_ADDRESS: z.string().optional(),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  /** A service that ends on its own is started again; the pause before doubles up to this, in seconds. */
  RESTART_LONGEST_PAUSE_SECONDS: wholeNumber(1, 600).default(30),
});
export type LauncherSettings = z.infer<typeof launcherSettings>;
