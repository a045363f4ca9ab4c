import { useRevalidator } from '@remix-run/react';
import { useCallback, useState } from 'react';
import { apiDown, problemSentence, toProblem } from '../../api/problems.js';
import { isActive, type Run } from '../../api/types.js';
import { useActiveRuns } from '../../live/active-runs.js';
import { beginReport, type Doing, type Outcome, type Report, withOutcome } from './bulk.js';

export interface Bulk {
  /** By id; they stay over pages and filters, and so does what could not be done. */
  selected: ReadonlyMap<string, Run>;
  /** Of the selected: those that can be cancelled, and those that can be run again. */
  able: Record<Doing, Run[]>;
  report: Report | null;
  going: boolean;
  select(runs: readonly Run[], on: boolean): void;
  clear(): void;
  act(doing: Doing): Promise<void>;
}

export function useBulk(): Bulk {
  const [selected, setSelected] = useState<ReadonlyMap<string, Run>>(new Map());
  const [report, setReport] = useState<Report | null>(null);
  const [going, setGoing] = useState(false);
  const { latest } = useActiveRuns();
  const { revalidate } = useRevalidator();

  const now = [...selected.values()].map(latest);
  const able = { cancel: now.filter(isActive), again: now.filter((run) => !isActive(run)) };
  const select = useCallback(
    (runs: readonly Run[], on: boolean) =>
      setSelected((held) => {
        const next = new Map(held);
        for (const run of runs) on ? next.set(run.id, run) : next.delete(run.id);
        return next;
      }),
    [],
  );

  async function act(doing: Doing) {
    const runs = able[doing];
    let reached = beginReport(doing, runs.length);
    setReport(reached);
    setGoing(true);
    for (const run of runs) {
      const outcome = await ask(doing, run.id);
      reached = withOutcome(reached, run, outcome);
      setReport(reached);
      if (!outcome.sentence) select([run], false);
      if (outcome.limit) break;
    }
    setGoing(false);
    revalidate();
  }

  const clear = () => {
    setSelected(new Map());
    setReport(null);
  };
  return { selected, able, report, going, select, clear, act };
}

async function ask(doing: Doing, id: string): Promise<Outcome> {
  try {
    const body = new URLSearchParams({ intent: doing, run: id });
    const response = await fetch('/history/act', { method: 'POST', body });
    if (!response.ok)
      return stopped(id, toProblem(null, response.status, response.headers.get('Retry-After')));
    const [outcome] = (await response.json()) as Outcome[];
    return outcome ?? { id };
  } catch {
    return stopped(id, apiDown);
  }
}

const stopped = (id: string, problem: typeof apiDown): Outcome => ({
  id,
  sentence: problemSentence(
    problem.status === 401 ? { ...problem, type: '/problems/unauthorized' } : problem,
  ),
  limit: true,
});
