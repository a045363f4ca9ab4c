import { Link } from '@remix-run/react';
import { CornerDownRight, RotateCw } from 'lucide-react';
import type { Run } from '../../api/types.js';
import { When } from '../../components/when.js';
import { shownStatus, statusLabels } from '../../format/run.js';

/** The run that this one does again, and those that do this one again. */
export function Reruns({ run, reruns }: { run: Run; reruns: Run[] }) {
  if (!run.rerunOf && reruns.length === 0) return null;
  return (
    <ul className="grid gap-1 text-sm text-muted" aria-label="The same search again">
      {run.rerunOf && (
        <li className="flex items-baseline gap-1.5">
          <RotateCw aria-hidden="true" className="size-4 self-center" />
          <span>
            Re-run of{' '}
            <Link to={`/runs/${run.rerunOf}`} className="link">
              an earlier search
            </Link>
          </span>
        </li>
      )}
      {reruns.map((again) => (
        <li key={again.id} className="flex items-baseline gap-1.5">
          <CornerDownRight aria-hidden="true" className="size-4 self-center" />
          <span>
            Run again{' '}
            <Link to={`/runs/${again.id}`} className="link">
              <When at={again.createdAt} now={Date.parse(run.serverTime)} />
            </Link>
            : {statusLabels[shownStatus(again)].toLowerCase()}
          </span>
        </li>
      ))}
    </ul>
  );
}
