export type End<Result> = { ok: true; result: Result } | { ok: false; error: unknown };

/** Does a step, and tells how long it took, in seconds, and how it ended. */
export async function timed<Result>(
  step: () => Promise<Result>,
  tell: (seconds: number, end: End<Result>) => void,
): Promise<Result> {
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1000;
  let result: Result;
  try {
    result = await step();
  } catch (error) {
    tell(seconds(), { ok: false, error });
    throw error;
  }
  tell(seconds(), { ok: true, result });
  return result;
}
