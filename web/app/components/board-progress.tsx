import clsx from 'clsx';
import {
  Ban,
  CircleCheck,
  CircleDashed,
  CircleX,
  KeyRound,
  LoaderCircle,
  type LucideIcon,
  PowerOff,
} from 'lucide-react';
import type { RunBoard } from '../api/types.js';
import { explainBoardError, explainSkip } from '../format/errors.js';
import { countOf } from '../format/run.js';

const states: Record<RunBoard['state'], { icon: LucideIcon; look: string }> = {
  queued: { icon: CircleDashed, look: 'text-muted' },
  running: { icon: LoaderCircle, look: 'text-accent' },
  success: { icon: CircleCheck, look: 'text-good' },
  failed: { icon: CircleX, look: 'text-bad' },
  cancelled: { icon: Ban, look: 'text-muted' },
  skipped: { icon: KeyRound, look: 'text-muted' },
};

/** One board of a run: how far it is, what it brought, and in plain words what went wrong. */
function BoardRow({ board }: { board: RunBoard }) {
  const { icon, look } = states[board.state];
  const Icon = board.skipped === 'off' ? PowerOff : icon;
  return (
    <li className="flex gap-3 px-4 py-2.5" data-board={board.board} data-state={board.state}>
      <Icon
        aria-hidden="true"
        className={clsx(
          'mt-0.5 size-5 shrink-0',
          look,
          board.state === 'running' && 'animate-spin motion-reduce:animate-none',
        )}
      />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline justify-between gap-x-3">
          <span className="font-semibold">{board.label}</span>
          <span className="text-sm text-muted tabular-nums">{stateText(board)}</span>
        </p>
        <BoardDetail board={board} />
      </div>
    </li>
  );
}

const counted = (count: number, what: string) => `${count.toLocaleString('en-GB')} ${what}`;
const newOnes = (board: RunBoard) => (board.new > 0 ? `, ${counted(board.new, 'new')}` : '');

function stateText(board: RunBoard): string {
  switch (board.state) {
    case 'queued':
      return 'Waiting its turn';
    case 'running':
      return board.page > 0 ? `Searching, page ${board.page}` : 'Searching';
    case 'success':
      return board.found === 0 ? 'Nothing found' : `${counted(board.found, 'found')}${newOnes(board)}`;
    case 'failed':
      return 'Failed';
    case 'cancelled':
      return 'Cancelled';
    case 'skipped':
      return board.skipped ? explainSkip(board.skipped).label : 'Left out';
  }
}

function BoardDetail({ board }: { board: RunBoard }) {
  if (board.skipped) {
    const { cause, next, advice } = explainSkip(board.skipped);
    return (
      <p className="mt-0.5 text-sm text-muted">
        <span className="font-medium">{cause}</span> {next} {advice}
      </p>
    );
  }
  const companies = board.sourcesTotal > 1;
  if (board.error && board.state !== 'cancelled') {
    const { cause, next, advice } = explainBoardError(board.error.class);
    return (
      <p className="mt-0.5 text-sm text-muted">
        <span className="font-medium text-bad">{cause}</span> {next} {advice}
        {board.found > 0 && ` ${counted(board.found, 'found')} among its postings of before.`}
      </p>
    );
  }
  const facts = [
    board.state === 'running' && companies && `${board.sourcesDone} of ${board.sourcesTotal} companies read`,
    board.state === 'running' &&
      board.found > 0 &&
      `${counted(board.found, 'found')} so far${newOnes(board)}`,
    board.state === 'cancelled' &&
      board.found > 0 &&
      `${counted(board.found, 'found')} before${newOnes(board)}`,
    board.sourcesFailed > 0 && `${countOf(board.sourcesFailed, 'company', 'companies')} could not be read`,
  ].filter(Boolean);
  return facts.length > 0 ? <p className="mt-0.5 text-sm text-muted">{facts.join(' · ')}</p> : null;
}

export function BoardProgress({ boards }: { boards: RunBoard[] }) {
  return (
    <ul className="divide-y divide-line" aria-label="Boards">
      {boards.map((board) => (
        <BoardRow key={board.board} board={board} />
      ))}
    </ul>
  );
}
