/** pino's level of `error`; `fatal` is above it. */
const pinoError = 50;

/**
 * What to show on the terminal of a line that a service logged: its message when it tells of an error, else nothing.
 * Everything is in the log file anyway.
 */
export function errorIn(line: string): string | undefined {
  if (line.startsWith('{')) return pinoErrorIn(line);
  if (/\b(level=(ERROR|FATAL)|(FATAL|PANIC): )/.test(line)) return line;
  return undefined;
}

function pinoErrorIn(line: string): string | undefined {
  try {
    const { level, msg, err } = JSON.parse(line) as {
      level?: number;
      msg?: string;
      err?: { message?: string };
    };
    if (typeof level !== 'number' || level < pinoError) return undefined;
    const cause = err?.message && err.message !== msg ? `: ${err.message}` : '';
    return `${msg ?? 'error'}${cause}`;
  } catch {
    return undefined;
  }
}
