import pino, { type Logger, type LoggerOptions } from 'pino';
import { scrub } from './scrub.js';

export type ProcessName = 'api' | 'worker' | 'site';

/**
 * How every process logs: one JSON object a line on standard output. An error is its type, message, code and stack, not
 * whatever its library hung on it (a query's values, a mail's recipient); each line is scrubbed before it is written.
 */
export function logOptions(process: ProcessName, level: string) {
  return {
    level,
    base: { process },
    serializers: { err: (error: unknown) => toldError(error), error: (error: unknown) => toldError(error) },
    hooks: { streamWrite: scrub },
  } satisfies LoggerOptions;
}

export const createLog = (process: ProcessName, level: string): Logger => pino(logOptions(process, level));

/** The shape that Fastify wants of it. */
interface ToldError {
  type: string;
  message: string;
  stack: string;
  [more: string]: unknown;
}

/** Causes of causes, no further: a chain may be a circle. */
const deepest = 4;

function toldError(error: unknown, depth = 0): ToldError {
  if (typeof error !== 'object' || error === null)
    return { type: typeof error, message: String(error), stack: '' };
  const { name, message, code, stack, cause } = error as Error & { code?: unknown };
  return {
    type: name && name !== 'Error' ? name : (error.constructor?.name ?? 'Error'),
    message: String(message ?? ''),
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    stack: String(stack ?? ''),
    ...(cause !== undefined && depth < deepest && { cause: toldError(cause, depth + 1) }),
  };
}

/** What would end the process without a word in its log is its log's last line. */
export function logTheEnd(log: { fatal(what: object, message: string): void }): void {
  process.once('uncaughtException', (error) => {
    log.fatal({ err: error }, 'ended by an error that nobody handled');
    process.exit(1);
  });
}
