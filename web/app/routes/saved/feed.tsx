import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { Form, Link, type MetaFunction, useLoaderData } from '@remix-run/react';
import { Check, Copy, Rss, Unlink } from 'lucide-react';
import { useState } from 'react';
import { attempt, problemResponse } from '../../api/client.server.js';
import { requireVisitor } from '../../auth.server.js';
import { button } from '../../components/button.js';
import { Notice } from '../../components/notice.js';
import { useHydrated } from '../../live/use-server-clock.js';

export const meta: MetaFunction = () => [{ title: 'Feed of a saved search · Searching The Fox' }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { api, ask, headers } = await requireVisitor(request);
  const path = { id: String(params.id) };
  const { name } = await ask(api.GET('/saved-searches/{id}', { params: { path } }));
  const feed = await attempt(api.GET('/saved-searches/{id}/feed', { params: { path } }));
  if (!feed.ok && feed.problem.status !== 404) throw problemResponse(feed.problem);
  return data({ name, links: feed.ok ? feed.data.links : null }, { headers });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { api, ask, headers } = await requireVisitor(request);
  const id = String(params.id);
  const intent = (await request.formData()).get('intent');
  const feed = { params: { path: { id } } };
  if (intent !== 'make') {
    const gone = await attempt(api.DELETE('/saved-searches/{id}/feed', feed));
    // Revoked already, on another device say: what was wanted is so.
    if (!gone.ok && gone.problem.status !== 404) throw problemResponse(gone.problem);
  }
  if (intent !== 'revoke') await ask(api.PUT('/saved-searches/{id}/feed', feed));
  return redirect(`/saved/${id}/feed`, { headers });
}

const formats = [
  { format: 'rss', label: 'RSS', use: 'what most feed readers ask for' },
  { format: 'atom', label: 'Atom', use: 'for readers that prefer it' },
  { format: 'json', label: 'JSON Feed', use: 'for programs and newer readers' },
] as const;

export default function FeedPage() {
  const { name, links } = useLoaderData<typeof loader>();
  return (
    <main id="main" className="mx-auto grid max-w-2xl gap-6 px-4 py-6 lg:py-10">
      <div>
        <h1 className="text-xl font-bold">Feed of “{name}”</h1>
        <p className="text-muted">
          What this search finds, in your feed reader. Every job comes once, when it was found first; what you
          hide stays out.
        </p>
      </div>
      {links ? (
        <>
          <Notice>
            The links are private: whoever has one can read what this search finds, and nothing else of yours.
          </Notice>
          <ul className="card divide-y divide-line">
            {formats.map(({ format, label, use }) => (
              <li key={format} className="grid gap-2 p-4">
                <p>
                  <strong>{label}</strong> <span className="text-sm text-muted">{use}</span>
                </p>
                <FeedLink label={label} link={links[format]} />
              </li>
            ))}
          </ul>
          <Form method="post" className="flex flex-wrap gap-2">
            <button type="submit" name="intent" value="renew" className={button('secondary')}>
              <Rss aria-hidden="true" className="size-4" />
              Make a new link
            </button>
            <button type="submit" name="intent" value="revoke" className={button('danger')}>
              <Unlink aria-hidden="true" className="size-4" />
              Revoke the link
            </button>
            <p className="basis-full text-sm text-muted">
              Either way the old link leads nowhere from then on, and readers that have it get nothing more.
            </p>
          </Form>
        </>
      ) : (
        <Form method="post" className="card grid justify-items-start gap-3 p-5">
          <p>There is no link yet. It needs no password, and you can revoke it whenever you like.</p>
          <button type="submit" name="intent" value="make" className={button('primary')}>
            <Rss aria-hidden="true" className="size-4" />
            Make a private link
          </button>
        </Form>
      )}
      <Link to="/saved" className="link justify-self-start">
        Saved searches
      </Link>
    </main>
  );
}

/** The link to copy; by hand where there are no scripts. */
function FeedLink({ label, link }: { label: string; link: string }) {
  const [copied, setCopied] = useState(false);
  const hydrated = useHydrated();
  return (
    <div className="flex flex-wrap items-center gap-2">
      <input
        readOnly
        value={link}
        aria-label={`${label} link`}
        onFocus={(event) => event.target.select()}
        className="field min-w-0 flex-1 basis-60 text-sm"
      />
      {hydrated && (
        <button
          type="button"
          className={button('secondary')}
          onClick={async () => {
            await navigator.clipboard.writeText(link);
            setCopied(true);
          }}
        >
          {copied ? (
            <Check aria-hidden="true" className="size-4" />
          ) : (
            <Copy aria-hidden="true" className="size-4" />
          )}
          {copied ? 'Copied' : 'Copy'}
          <span className="sr-only"> the {label} link</span>
        </button>
      )}
      <span className="sr-only" role="status">
        {copied && `The ${label} link is copied.`}
      </span>
    </div>
  );
}
