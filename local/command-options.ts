import { parseArgs } from 'node:util';
import { z } from 'zod';

/** A command's options by a schema, each with a value (`--people 5`), or the end of the process with exit code 2 and what is wrong. */
export function optionsOrExit<S extends z.ZodObject>(schema: S): z.infer<S> {
  const options = Object.fromEntries(
    Object.keys(schema.shape).map((name) => [name, { type: 'string' as const }]),
  );
  const chosen = schema.safeParse(parseArgs({ options }).values);
  if (chosen.success) return chosen.data;
  process.stderr.write(`${z.prettifyError(chosen.error)}\n`);
  process.exit(2);
}
