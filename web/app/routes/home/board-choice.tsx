import clsx from 'clsx';
import type { Board } from '../../api/types.js';
import { FieldError } from '../../components/field.js';

const kinds: [Board['kind'], string][] = [
  ['feed', 'Job boards'],
  ['company', 'Companies’ own boards'],
  ['query', 'Job search sites'],
];

const lacks: Record<Board['availability'], string | null> = {
  ready: null,
  needs_key: 'needs a key',
  off: 'off here',
};

export const isReady = ({ availability }: Pick<Board, 'availability'>) => availability === 'ready';

/**
 * The boards to search, by kind. One that cannot be asked here cannot be chosen; a search that has it already keeps it,
 * until somebody takes it out.
 */
export function BoardChoice({
  boards,
  chosen,
  error,
}: {
  boards: Board[];
  chosen: string[];
  error: string | undefined;
}) {
  return (
    <fieldset aria-describedby={error ? 'boards-error' : undefined} className="grid min-w-0 gap-3">
      <legend className="sr-only">Boards</legend>
      {kinds.map(([kind, title]) => {
        const ofKind = boards.filter((board) => board.kind === kind);
        return (
          ofKind.length > 0 && (
            <fieldset key={kind} className="min-w-0">
              <legend className="mb-1 text-sm font-semibold">{title}</legend>
              <div className="grid grid-cols-[repeat(auto-fill,minmax(8.25rem,1fr))] gap-x-1 sm:gap-x-4">
                {ofKind.map((board) => (
                  <BoardBox
                    key={board.name}
                    board={board}
                    chosen={chosen.includes(board.name)}
                    error={error}
                  />
                ))}
              </div>
              {!ofKind.every(isReady) && (
                <p className="mt-1 text-xs text-muted">
                  Those in grey are not set up on this site: whoever runs it gives a key, or turns them on.
                </p>
              )}
            </fieldset>
          )
        );
      })}
      <FieldError id="boards-error" error={error} />
    </fieldset>
  );
}

function BoardBox({ board, chosen, error }: { board: Board; chosen: boolean; error: string | undefined }) {
  const lack = lacks[board.availability];
  return (
    <label className={clsx('flex min-h-10 items-center gap-1.5 py-1 sm:gap-2 text-sm', lack && 'text-muted')}>
      <input
        type="checkbox"
        name="boards"
        value={board.name}
        defaultChecked={chosen}
        disabled={lack !== null && !chosen}
        aria-invalid={error ? true : undefined}
        className="size-5 shrink-0"
      />
      <span className="min-w-0 leading-tight">
        {board.label}
        {lack && <span className="block text-xs">{lack}</span>}
      </span>
    </label>
  );
}
