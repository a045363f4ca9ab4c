import type { Run } from '../api/types.js';
import { boardsDone, countOf } from '../format/run.js';

/** How many of a run's boards are done. */
export function ProgressBar({ run }: { run: Pick<Run, 'boards'> }) {
  const { done, total } = boardsDone(run);
  const text = `${done} of ${countOf(total, 'board')} done`;
  return (
    <div>
      <div
        role="progressbar"
        aria-label="Boards searched"
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
        aria-valuetext={text}
        className="h-2 overflow-hidden rounded-full bg-inset"
      >
        <div
          className="h-full rounded-full bg-accent-fill transition-[width] duration-500"
          style={{ width: `${Math.max(4, (done / Math.max(1, total)) * 100)}%` }}
        />
      </div>
      <p className="mt-1 text-xs text-muted">{text}</p>
    </div>
  );
}
