import { Form, Link } from '@remix-run/react';
import {
  CircleCheck,
  CircleX,
  LoaderCircle,
  type LucideIcon,
  RotateCw,
  SearchX,
  TriangleAlert,
} from 'lucide-react';
import type { Company } from '../../api/types.js';
import { Badge } from '../../components/badge.js';
import { button } from '../../components/button.js';
import { ConfirmButton } from '../../components/confirm.js';
import { When } from '../../components/when.js';
import {
  companySentence,
  companyStateLabels,
  type ShownCompanyState,
  shownCompanyState,
} from '../../format/company.js';
import { countOf } from '../../format/run.js';
import { unfollowing } from './unfollowing.js';

const looks: Record<ShownCompanyState, { icon: LucideIcon; look: string }> = {
  checking: { icon: LoaderCircle, look: 'bg-accent-soft text-accent' },
  reading: { icon: LoaderCircle, look: 'bg-accent-soft text-accent' },
  open: { icon: CircleCheck, look: 'bg-good-soft text-good' },
  late: { icon: TriangleAlert, look: 'bg-warn-soft text-warn' },
  not_found: { icon: SearchX, look: 'bg-bad-soft text-bad' },
  failed: { icon: CircleX, look: 'bg-bad-soft text-bad' },
};

/** One company: how it is doing, its open postings, and letting it go. */
export function CompanyItem({ company, now }: { company: Company; now: number }) {
  const { board, token, name, label, address, openPostings, syncedAt } = company;
  const state = shownCompanyState(company);
  const sentence = companySentence(company);
  const page = `/companies/${board}/${token}`;
  const retry = (state === 'not_found' || state === 'failed') && address;
  return (
    <li className="card grid gap-3 p-5" data-company={`${board}/${token}`} data-state={state}>
      <div className="flex flex-wrap items-start justify-between gap-x-3 gap-y-1">
        <h2 className="min-w-0 text-base font-bold break-words">{name}</h2>
        <Badge {...looks[state]}>
          <span aria-live="polite">{companyStateLabels[state]}</span>
        </Badge>
      </div>
      <p className="text-sm text-muted">
        On{' '}
        {address ? (
          <a href={address} className="link" rel="noopener nofollow" target="_blank">
            {label}
          </a>
        ) : (
          label
        )}
        {syncedAt && (
          <>
            {' '}
            · read <When at={syncedAt} now={now} />
          </>
        )}
      </p>
      {sentence && <p className="text-sm">{sentence}</p>}
      <div className="flex flex-wrap items-center gap-2">
        {(openPostings > 0 || state === 'open') && (
          <Link to={page} className={button('secondary')}>
            {countOf(openPostings, 'open posting')}
            <span className="sr-only"> of {name}</span>
          </Link>
        )}
        {retry && (
          <Form method="post" action="/companies">
            <input type="hidden" name="address" value={address} />
            <button type="submit" className={button('secondary')}>
              <RotateCw aria-hidden="true" className="size-4" />
              Look again<span className="sr-only"> for {name}</span>
            </button>
          </Form>
        )}
        <ConfirmButton confirmation={unfollowing(company)} />
      </div>
    </li>
  );
}
