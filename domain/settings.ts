import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** A setting is missing or wrong. The message names each such setting and what is wrong with it. */
export class SettingsError extends Error {
  override name = 'SettingsError';
}

/**
 * Reads a process's settings once, at start. Empty strings count as absent, as in an `.env` file.
 * @throws SettingsError naming every setting that is missing or wrong, never its value (it may be a secret).
 */
export function parseSettings<S extends z.ZodObject>(
  schema: S,
  env: Record<string, string | undefined> = process.env,
): z.infer<S> {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== '' && value !== undefined),
  );
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    const name = issue.path.join('.');
    const missing = given[name] === undefined;
    return `  ${name}: ${missing ? 'is missing' : issue.message}`;
  });
  throw new SettingsError(`These settings are wrong:\n${lines.join('\n')}`);
}

/** Parses the settings or ends the process with exit code 2 and the reason on standard error. */
export const settingsOrExit = <S extends z.ZodObject>(schema: S): z.infer<S> =>
  orExit(() => parseSettings(schema));

/** The same for settings that are read in another way. */
export function orExit<Settings>(read: () => Settings): Settings {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\nEvery setting is explained in .env.example.\n`);
    process.exit(2);
  }
}

/** A whole number from the environment, within bounds that the message names. */
export const wholeNumber = (min: number, max: number) =>
  z.coerce
    .number({ error: 'must be a number' })
    .int({ error: 'must be a whole number' })
    .min(min, { error: `must be at least ${min}` })
    .max(max, { error: `must be at most ${max}` });

export const port = wholeNumber(0, 65_535);
export const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' });
export const logLevel = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']);

/** The path of a file in UTF-8, read at start; the setting is what is in it, without space around it. */
export const textFile = z.string().transform((path, context) => {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    context.addIssue({ code: 'custom', message: `must be a file that can be read (${code})` });
    return z.NEVER;
  }
});
