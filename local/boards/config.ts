import { z } from 'zod';
import { logLevel, port, settingsOrExit, wholeNumber } from '../../domain/settings.js';

/** Every setting of the sample boards server. */
export const sampleBoardsSettings = z.object({
  BOARDS_HOST: z.string().default('127.0.0.1'),
  /** 0 takes a free port; the log says which. */
  BOARDS_PORT: port.default(3002),
  /** Another seed makes other postings. */
  BOARDS_SEED: wholeNumber(0, 2_147_483_647).default(1),
  /** How long each answer takes, in milliseconds: a number, or a range out of which the seed draws. */
  BOARDS_DELAY_MS: z
    .string()
    .regex(/^\d{1,5}(-\d{1,5})?$/, { error: 'must be a number of milliseconds or a range such as 300-1200' })
    .default('300-1200')
    .transform((text) => {
      const [min = 0, max = min] = text.split('-').map(Number);
      return { min: Math.min(min, max), max: Math.max(min, max) };
    }),
  /** Recorded answers from this folder instead of made-up ones. */
  BOARDS_REPLAY_DIR: z.string().optional(),
  LOG_LEVEL: logLevel.default('info'),
});

export const readSettings = () => settingsOrExit(sampleBoardsSettings);
