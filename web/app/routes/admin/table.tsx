import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { number } from './figures-format.js';
import { type AdminRunFilters, adminRunsPath } from './filters.js';

/** A table of numbers. One that is wider or longer than its place is scrolled within it, by the keyboard too. */
export function Numbers({
  caption,
  head,
  children,
}: {
  caption: string;
  head: readonly string[];
  children: ReactNode;
}) {
  return (
    <section
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
      tabIndex={0}
      className="max-h-80 overflow-auto rounded-md border border-line"
    >
      <table className="w-full text-sm tabular-nums">
        <caption className="sr-only">{caption}</caption>
        <thead className="sticky top-0 bg-inset text-left">
          <tr>
            {head.map((name) => (
              <th key={name} scope="col" className="px-3 py-2 font-semibold whitespace-nowrap">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">{children}</tbody>
      </table>
    </section>
  );
}

export const Cell = ({ children }: { children: ReactNode }) => (
  <td className="px-3 py-1.5 whitespace-nowrap">{children}</td>
);

export const RowHead = ({ children }: { children: ReactNode }) => (
  <th scope="row" className="px-3 py-1.5 text-left font-normal whitespace-nowrap">
    {children}
  </th>
);

/** A number of runs, and the way to them. */
export function Runs({ count, of, what }: { count: number; of: AdminRunFilters; what: string }) {
  if (count === 0) return <>0</>;
  return (
    <Link
      to={adminRunsPath(of)}
      className="link inline-block min-w-6 py-0.5"
      aria-label={`${number(count)}: ${what}`}
    >
      {number(count)}
    </Link>
  );
}
