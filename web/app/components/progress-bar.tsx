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
        {/* Drawn, since the page's policy lets no element have a style of its own. */}
        <svg aria-hidden="true" className="block size-full">
          <rect
            width={`${Math.max(4, (done / Math.max(1, total)) * 100)}%`}
            height="100%"
            rx="4"
            className="fill-accent-fill transition-[width] duration-500"
          />
        </svg>
      </div>
      <p className="mt-1 text-xs text-muted">{text}</p>
    </div>
  );
}
