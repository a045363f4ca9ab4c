import { Link } from '@remix-run/react';
import { ArrowRight, Ban, BellDot, Layers, MonitorSmartphone, Radio, Scale } from 'lucide-react';
import type { Board, RunBoard } from '../../api/types.js';
import { AttributionLink } from '../../components/attribution-link.js';
import { BoardProgress } from '../../components/board-progress.js';
import { button } from '../../components/button.js';
import { Fox } from '../../components/logo.js';
import { ProgressBar } from '../../components/progress-bar.js';
import { StatusBadge } from '../../components/status-badge.js';
import { isReady } from './board-choice.js';

const promises = [
  {
    icon: Radio,
    title: 'Watch it happen',
    text: 'Each board reports as it is searched: waiting, reading page 3, 12 found. Results fill in without a reload.',
  },
  {
    icon: MonitorSmartphone,
    title: 'Close it, come back anywhere',
    text: 'A search runs on our side. Start it on the phone, look at it on the laptop: the same search, the same clock.',
  },
  {
    icon: Layers,
    title: 'One job, once',
    text: 'The same job on several boards is one result, with a link to every board that has it and the original first.',
  },
  {
    icon: BellDot,
    title: 'New means new to you',
    text: 'Run a search again and what you have not been shown before is marked, so that you read each job once.',
  },
  {
    icon: Scale,
    title: 'Plain about failures',
    text: 'A board that does not answer is named, with the reason and what to do. The others’ results are still yours.',
  },
  {
    icon: Ban,
    title: 'Yours to stop',
    text: 'Cancel at any moment. The work stops, and what was found until then is kept.',
  },
];

/** The page of somebody who is not signed in. It promises what the service does, and no more. */
export function Landing({ boards: known }: { boards: Board[] }) {
  const boards = known.filter(isReady);
  const many = boards.length > 1 ? `${boards.length} job boards` : 'many job boards';
  return (
    <main id="main">
      <section className="mx-auto grid max-w-6xl items-center gap-10 px-4 py-12 lg:grid-cols-[1.1fr_1fr] lg:py-20">
        <div>
          <h1 className="text-2xl font-extrabold tracking-tight">Every job board, in one search.</h1>
          <p className="mt-5 max-w-prose text-lg text-muted">
            Say once what you look for. Searching The Fox goes through {many} for you, shows what it finds as
            it finds it, and keeps it for you on every device.
          </p>
          <div className="mt-7 flex flex-wrap gap-3">
            <Link to="/sign-up" className={button('primary', 'min-h-12 px-6 text-base')}>
              Create a free account
              <ArrowRight aria-hidden="true" className="size-5" />
            </Link>
            <Link to="/sign-in" className={button('secondary', 'min-h-12 px-6 text-base')}>
              Sign in
            </Link>
          </div>
          <p className="mt-4 text-sm text-muted">An email address and a password are all it asks for.</p>
        </div>
        <Example />
      </section>

      <section aria-labelledby="promises" className="border-y border-line bg-surface">
        <div className="mx-auto max-w-6xl px-4 py-12">
          <h2 id="promises" className="text-xl font-bold">
            What it does for you
          </h2>
          <ul className="mt-6 grid gap-x-8 gap-y-7 sm:grid-cols-2 lg:grid-cols-3">
            {promises.map(({ icon: Icon, title, text }) => (
              <li key={title} className="flex gap-3">
                <span className="grid size-10 shrink-0 place-items-center rounded-md bg-accent-soft text-accent">
                  <Icon aria-hidden="true" className="size-5" />
                </span>
                <div>
                  <h3 className="font-bold">{title}</h3>
                  <p className="mt-1 text-sm text-muted">{text}</p>
                </div>
              </li>
            ))}
          </ul>
        </div>
      </section>

      {boards.length > 0 && (
        <section aria-labelledby="boards" className="mx-auto max-w-6xl px-4 py-12">
          <h2 id="boards" className="text-xl font-bold">
            The boards it searches
          </h2>
          <p className="mt-2 max-w-prose text-muted">
            Postings are theirs. Each result names its board and links to the posting there, where you apply.
          </p>
          <ul className="mt-5 flex flex-wrap gap-2">
            {boards.map(({ name, label, kind, attribution }) => (
              <li
                key={name}
                className="rounded-full border border-line bg-surface px-4 py-2 text-sm font-semibold"
              >
                <AttributionLink attribution={attribution}>{label}</AttributionLink>
                {kind === 'company' && (
                  <span className="font-normal text-muted"> · companies’ own boards</span>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
    </main>
  );
}

const row = (label: string, board: RunBoard['board'], more: Partial<RunBoard>): RunBoard => ({
  board,
  label,
  state: 'success',
  sourcesTotal: 1,
  sourcesDone: 1,
  sourcesFailed: 0,
  page: 0,
  found: 0,
  new: 0,
  moreMayFit: false,
  error: null,
  skipped: null,
  startedAt: null,
  completedAt: null,
  ...more,
});

const exampleBoards = [
  row('Remotive', 'remotive', { found: 14, new: 3 }),
  row('Greenhouse', 'greenhouse', { state: 'running', page: 3, sourcesTotal: 14, sourcesDone: 9, found: 6 }),
  row('Jobicy', 'jobicy', { state: 'failed', error: { class: 'timeout', message: '' } }),
  row('Lever', 'lever', { state: 'queued' }),
];

/** A search under way as it looks on its page, drawn by the same parts. */
function Example() {
  return (
    <figure className="card overflow-hidden shadow-float">
      <div className="flex items-center justify-between gap-3 px-5 pt-5">
        <p className="flex items-center gap-2 text-lg font-bold">
          <Fox className="size-6" /> react developer · London
        </p>
        <StatusBadge run={{ status: 'running', boards: exampleBoards }} />
      </div>
      <div className="px-5 py-4">
        <ProgressBar run={{ boards: exampleBoards }} />
      </div>
      <div className="border-t border-line">
        <BoardProgress boards={exampleBoards} />
      </div>
      <figcaption className="border-t border-line bg-inset px-5 py-2 text-xs text-muted">
        An example of a search under way
      </figcaption>
    </figure>
  );
}
