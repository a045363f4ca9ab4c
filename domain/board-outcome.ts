import type { BoardErrorClass } from './board-errors.js';
import type { SourceKey } from './source.js';

/** One source of a board that could not be read. */
export interface SourceFailure {
  source: SourceKey;
  errorClass: BoardErrorClass;
  message: string;
}

/**
 * What a run's board says when sources failed: the most frequent class and, where a board has many sources, how
 * many of them. `undefined` when none failed.
 */
export function summariseFailures(
  failures: readonly SourceFailure[],
  sources: number,
): { errorClass: BoardErrorClass; message: string } | undefined {
  const byClass = new Map<BoardErrorClass, SourceFailure[]>();
  for (const failure of failures) {
    byClass.set(failure.errorClass, [...(byClass.get(failure.errorClass) ?? []), failure]);
  }
  const [most] = [...byClass.values()].sort((a, b) => b.length - a.length);
  const [example] = most ?? [];
  if (!example) return undefined;
  const message =
    sources === 1
      ? example.message
      : `${failures.length} of ${sources} companies could not be read (${example.source}: ${example.message})`;
  return { errorClass: example.errorClass, message };
}
