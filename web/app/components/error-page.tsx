import { isRouteErrorResponse, Link, useLocation, useRouteError } from '@remix-run/react';
import { CloudOff, Compass, Hourglass, Wrench } from 'lucide-react';
import { problemSentence, toProblem } from '../api/problems.js';
import { button } from './button.js';
import { Fox } from './logo.js';

/** A page for what went wrong, within the site's frame: what happened, and a way on. */
export function ErrorPage() {
  const error = useRouteError();
  const { pathname, search } = useLocation();
  const problem = errorProblem(error);
  const { icon: Icon, title } = heading(problem.status);
  const again = problem.status === 429 || problem.status >= 500;
  return (
    <main id="main" className="mx-auto flex max-w-xl flex-col items-center gap-4 px-4 py-16 text-center">
      <span className="relative">
        <Fox className="size-20" />
        <Icon
          aria-hidden="true"
          className="absolute -right-3 -bottom-2 size-9 rounded-full border border-line bg-surface p-1.5 text-accent"
        />
      </span>
      <h1 className="text-xl font-bold">{title}</h1>
      <p className="text-muted">
        {problem.status === 404
          ? 'There is nothing at this address, or it belongs to another account.'
          : problemSentence(problem)}
      </p>
      <div className="mt-2 flex flex-wrap justify-center gap-2">
        {again && (
          <a href={pathname + search} className={button('primary')}>
            Try again
          </a>
        )}
        <Link to="/" className={button(again ? 'secondary' : 'primary')}>
          To the search
        </Link>
        <Link to="/history" className={button('secondary')}>
          Your history
        </Link>
      </div>
    </main>
  );
}

/** What a route threw, as a problem: anything but a response is ours to mend. */
const errorProblem = (error: unknown) =>
  isRouteErrorResponse(error) ? toProblem(error.data, error.status) : toProblem(null, 500);

export const errorTitle = (error: unknown) => heading(errorProblem(error).status).title;

function heading(status: number) {
  if (status === 404) return { icon: Compass, title: 'This page is not here' };
  if (status === 429) return { icon: Hourglass, title: 'A little too fast' };
  if (status === 502 || status === 503 || status === 504)
    return { icon: CloudOff, title: 'The search service is away' };
  return { icon: Wrench, title: 'Something went wrong' };
}
