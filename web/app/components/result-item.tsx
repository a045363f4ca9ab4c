import { Banknote, Building2, CircleSlash, Clock, House, MapPin, Sparkles } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatComparedSalary, formatSalary } from '../../../domain/pay-text.js';
import { workModeLabels } from '../../../domain/work-mode.js';
import type { Posting, Result } from '../api/types.js';
import { employmentLabels } from '../format/posting.js';
import { absoluteDay } from '../format/time.js';
import { AttributionLink } from './attribution-link.js';
import { When } from './when.js';

/** Places beyond these are counted, and named on hover. */
const placesShown = 3;

/** One posting: what, where, how much, how old, and a link to every board that has it. */
export function ResultItem({
  result,
  now,
  children,
}: {
  result: Posting & Partial<Pick<Result, 'isNew' | 'salaryCompared'>>;
  now: number;
  /** What can be done with it. */
  children?: ReactNode;
}) {
  const [original] = result.sources;
  const salary = formatSalary(result.salary);
  const compared = formatComparedSalary(result.salaryCompared ?? null);
  const terms = [
    result.workMode === 'unknown' ? null : workModeLabels[result.workMode],
    result.employmentType && employmentLabels[result.employmentType],
  ].filter(Boolean);
  return (
    <li
      className="row-ahead enter card grid gap-2 p-5"
      data-posting={result.postingId}
      data-closed={result.closedAt ? '' : undefined}
    >
      <div className="flex items-start justify-between gap-3">
        <h3 className="min-w-0 text-base font-bold">
          {original ? (
            <AttributionLink
              attribution={original.attribution}
              href={original.url}
              className={
                result.closedAt ? 'text-muted line-through' : 'text-accent no-underline hover:underline'
              }
            >
              {result.title}
            </AttributionLink>
          ) : (
            result.title
          )}
        </h3>
        {result.closedAt ? (
          <span className="inline-flex shrink-0 items-center gap-1 rounded-full border border-line px-2.5 py-0.5 text-xs font-bold text-muted">
            <CircleSlash aria-hidden="true" className="size-3.5" />
            <span>
              Closed <When at={result.closedAt} now={now} precision="day" />
            </span>
          </span>
        ) : null}
        {result.isNew && !result.closedAt && (
          <span className="inline-flex shrink-0 items-center gap-1 rounded-full bg-accent-soft px-2.5 py-0.5 text-xs font-bold text-accent">
            <Sparkles aria-hidden="true" className="size-3.5" />
            New
          </span>
        )}
      </div>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
        <Fact icon={Building2} label="Company">
          <span className="font-semibold">{result.company}</span>
        </Fact>
        {result.locations.length > 0 && (
          <Fact icon={MapPin} label="Place">
            <Places places={result.locations} />
          </Fact>
        )}
        {terms.length > 0 && (
          <Fact icon={House} label="Terms">
            {terms.join(', ')}
          </Fact>
        )}
        {salary && (
          <Fact icon={Banknote} label="Pay">
            <span className="font-semibold">{salary}</span>
            {compared && (
              <span className="text-muted" title={ratesTitle(result.salaryCompared?.ratesOf)}>
                {' '}
                {compared}
              </span>
            )}
          </Fact>
        )}
        <Fact icon={Clock} label="Posted">
          {result.postedAt ? (
            <When at={result.postedAt} now={now} precision={result.postedAtPrecision} />
          ) : (
            <>
              first seen <When at={result.firstSeenAt} now={now} />
            </>
          )}
        </Fact>
      </ul>
      {result.excerpt && <p className="line-clamp-2 text-sm text-muted">{result.excerpt}</p>}
      <p className="text-sm text-muted">
        From{' '}
        {result.sources.map(({ board, url, attribution, closedAt }, index) => (
          <span key={url}>
            {index > 0 && ', '}
            <AttributionLink attribution={attribution} href={url} data-source={board}>
              {attribution.name}
            </AttributionLink>
            {closedAt && !result.closedAt && ' (closed there)'}
          </span>
        ))}
      </p>
      {children}
    </li>
  );
}

const ratesTitle = (day: string | undefined) => day && `By exchange rates of ${absoluteDay(Date.parse(day))}`;

function Places({ places }: { places: string[] }) {
  const shown = places.slice(0, placesShown).join('; ');
  const rest = places.length - placesShown;
  if (rest <= 0) return <>{shown}</>;
  return (
    <span title={places.join('; ')}>
      {shown} and {rest} more
    </span>
  );
}

function Fact({
  icon: Icon,
  label,
  children,
}: {
  icon: typeof Clock;
  label: string;
  children: React.ReactNode;
}) {
  return (
    <li className="flex min-w-0 items-start gap-1.5">
      <Icon aria-hidden="true" className="mt-[0.2em] size-4 shrink-0 text-muted" />
      <span className="min-w-0">
        <span className="sr-only">{label}: </span>
        {children}
      </span>
    </li>
  );
}
