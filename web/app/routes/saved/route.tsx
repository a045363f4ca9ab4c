import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { Form, Link, type MetaFunction, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import {
  Bookmark,
  CalendarClock,
  CirclePause,
  CirclePlay,
  LoaderCircle,
  Pencil,
  Play,
  Rss,
} from 'lucide-react';
import { attempt } from '../../api/client.server.js';
import { problemSentence } from '../../api/problems.js';
import type { SavedSearch } from '../../api/types.js';
import { requireVisitor } from '../../auth.server.js';
import { button } from '../../components/button.js';
import { ConfirmButton } from '../../components/confirm.js';
import { EmptyState } from '../../components/empty-state.js';
import { Field } from '../../components/field.js';
import { NextRun, NextRunWords } from '../../components/next-run.js';
import { Notice } from '../../components/notice.js';
import { When } from '../../components/when.js';
import { searchLimits } from '../../search-fields.js';
import { startRun } from '../../start-run.server.js';
import { deletion } from './deletion.js';

export const meta: MetaFunction = () => [{ title: 'Saved searches · Searching The Fox' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { api, ask, headers } = await requireVisitor(request);
  const query = new URL(request.url).searchParams;
  const cursor = query.get('cursor') ?? undefined;
  const saved = await ask(api.GET('/saved-searches', { params: { query: { cursor, limit: 50 } } }));
  const changed = query.get('saved') ?? query.get('scheduled');
  return data({ saved: saved.items, nextCursor: saved.nextCursor, changed, now: Date.now() }, { headers });
}

export async function action({ request }: ActionFunctionArgs) {
  const visitor = await requireVisitor(request);
  const form = await request.formData();
  const id = String(form.get('id') ?? '');
  const path = { id };

  if (form.get('intent') === 'run') {
    const problem = await startRun(request, visitor, { savedSearchId: id });
    return data({ id, problem: problemSentence(problem), name: null }, { status: problem.status });
  }
  const intent = form.get('intent');
  if (intent === 'pause' || intent === 'resume') {
    const body = { paused: intent === 'pause' };
    const outcome = await attempt(visitor.api.PATCH('/saved-searches/{id}', { params: { path }, body }));
    if (outcome.ok) throw redirect('/saved', { headers: visitor.headers });
    const { problem } = outcome;
    return data({ id, problem: problemSentence(problem), name: null }, { status: problem.status });
  }
  const name = String(form.get('name') ?? '').trim();
  if (name === '' || name.length > searchLimits.savedSearchNameCharacters) {
    const detail = `Give it a name of at most ${searchLimits.savedSearchNameCharacters} characters.`;
    return data({ id, problem: null, name: detail }, { status: 422 });
  }
  const outcome = await attempt(
    visitor.api.PATCH('/saved-searches/{id}', { params: { path }, body: { name } }),
  );
  if (outcome.ok) throw redirect('/saved', { headers: visitor.headers });
  return data(
    { id, problem: problemSentence(outcome.problem), name: null },
    { status: outcome.problem.status },
  );
}

export default function SavedPage() {
  const { saved, nextCursor, changed, now } = useLoaderData<typeof loader>();
  const done = saved.find(({ id }) => id === changed);
  const refused = useActionData<typeof action>();
  return (
    <main id="main" className="mx-auto grid max-w-4xl gap-6 px-4 py-6 lg:py-10">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div>
          <h1 className="text-xl font-bold">Saved searches</h1>
          <p className="text-muted">What you look for, ready to run again.</p>
        </div>
        <Link to="/" className={button('secondary')}>
          New search
        </Link>
      </div>
      {done && (
        <Notice>
          “{done.name}” is saved. {done.paused ? 'It is paused.' : <NextRunWords search={done} now={now} />}
        </Notice>
      )}
      {saved.length === 0 ? (
        <EmptyState
          icon={Bookmark}
          title="No saved searches yet"
          actions={
            <Link to="/" className={button('primary')}>
              Fill in a search
            </Link>
          }
        >
          Fill in the search form and choose “Save this search”, or save one from its page once it has run.
        </EmptyState>
      ) : (
        <ul className="grid gap-4">
          {saved.map((search) => (
            <SavedItem
              key={search.id}
              search={search}
              now={now}
              problem={refused?.id === search.id ? refused.problem : null}
              nameError={refused?.id === search.id ? refused.name : null}
            />
          ))}
        </ul>
      )}
      {nextCursor && (
        <Link
          to={`/saved?cursor=${encodeURIComponent(nextCursor)}`}
          className={button('secondary', 'justify-self-center px-6')}
        >
          More saved searches
        </Link>
      )}
    </main>
  );
}

interface SavedItemProps {
  search: SavedSearch;
  now: number;
  problem: string | null;
  nameError: string | null;
}

function SavedItem({ search, now, problem, nameError }: SavedItemProps) {
  const { state, formData } = useNavigation();
  const starting = state !== 'idle' && formData?.get('intent') === 'run' && formData.get('id') === search.id;
  return (
    <li className="card grid gap-3 p-5">
      <div className="min-w-0">
        <h2 className="text-base font-bold">{search.name}</h2>
        <p className="text-sm text-muted">
          {search.summary} · saved <When at={search.createdAt} now={now} />
        </p>
        <div className="mt-2" data-next-run={search.nextRunAt ?? 'none'}>
          <NextRun search={search} now={now} />
        </div>
      </div>
      {problem && (
        <Notice kind="bad" alert>
          {problem}
        </Notice>
      )}
      <div className="flex flex-wrap items-start gap-2">
        <Form method="post">
          <input type="hidden" name="id" value={search.id} />
          <button type="submit" name="intent" value="run" disabled={starting} className={button('primary')}>
            {starting ? (
              <LoaderCircle aria-hidden="true" className="size-4 animate-spin" />
            ) : (
              <Play aria-hidden="true" className="size-4" />
            )}
            Run<span className="sr-only"> {search.name}</span>
          </button>
        </Form>
        <Link to={`/?saved=${search.id}`} className={button('secondary')}>
          <Pencil aria-hidden="true" className="size-4" />
          Edit<span className="sr-only"> {search.name}</span>
        </Link>
        <Link to={`/saved/${search.id}/schedule`} className={button('secondary')}>
          <CalendarClock aria-hidden="true" className="size-4" />
          Schedule<span className="sr-only"> of {search.name}</span>
        </Link>
        {search.schedule.kind !== 'none' && <Pause search={search} />}
        <Link to={`/saved/${search.id}/feed`} className={button('secondary')}>
          <Rss aria-hidden="true" className="size-4" />
          Feed<span className="sr-only"> of {search.name}</span>
        </Link>
        <ConfirmButton confirmation={deletion(search)} />
        <Rename key={search.name} search={search} error={nameError} />
      </div>
    </li>
  );
}

/** Stops a search from running by itself, or lets it go on. */
function Pause({ search: { id, name, paused } }: { search: SavedSearch }) {
  const Icon = paused ? CirclePlay : CirclePause;
  return (
    <Form method="post">
      <input type="hidden" name="id" value={id} />
      <button type="submit" name="intent" value={paused ? 'resume' : 'pause'} className={button('secondary')}>
        <Icon aria-hidden="true" className="size-4" />
        {paused ? 'Resume' : 'Pause'}
        <span className="sr-only"> {name}</span>
      </button>
    </Form>
  );
}

function Rename({ search, error }: { search: SavedSearch; error: string | null }) {
  const id = `name-${search.id}`;
  return (
    <details open={error !== null} className="min-w-0 open:basis-full">
      <summary className={button('quiet', 'list-none [&::-webkit-details-marker]:hidden')}>
        Rename<span className="sr-only"> {search.name}</span>
      </summary>
      <Form method="post" className="mt-2 flex flex-wrap items-end gap-2">
        <input type="hidden" name="id" value={search.id} />
        <Field id={id} label="New name" error={error ?? undefined} className="min-w-0 flex-1 basis-60">
          {(control) => (
            <input
              {...control}
              name="name"
              defaultValue={search.name}
              maxLength={searchLimits.savedSearchNameCharacters}
              autoComplete="off"
            />
          )}
        </Field>
        <button
          type="submit"
          name="intent"
          value="rename"
          className={button('secondary', error ? 'mb-7 min-h-11' : 'min-h-11')}
        >
          Rename
        </button>
      </Form>
    </details>
  );
}
