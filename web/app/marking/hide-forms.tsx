import { Building2, Eye, EyeOff, Type } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import type { HiddenTerm } from '../api/types.js';
import { button } from '../components/button.js';
import { Field } from '../components/field.js';
import { withoutMark } from '../format/job-mark.js';
import { Disclosure } from './disclosure.js';
import type { MarkedJob } from './job-actions.js';
import { markLimits } from './limits.js';
import { MarkForm } from './mark-form.js';

/** Hides a job, its company, or a word; of a job that is hidden, takes each reason back. */
export function HideForms({ job }: { job: MarkedJob }) {
  const hiddenBy = job.hiddenBy ?? [];
  if (job.mark?.hiddenAt || hiddenBy.length > 0) return <ShowAgain job={job} terms={hiddenBy} />;
  const posting = job.postingId;
  return (
    <Disclosure
      label={
        <>
          <EyeOff aria-hidden="true" className="size-4" />
          Hide
          <span className="sr-only"> {job.title}</span>
        </>
      }
    >
      {() => (
        <>
          <p className="text-sm text-muted">What you hide is left out here and in your next searches.</p>
          <div className="flex flex-wrap gap-2">
            <MarkForm
              fields={{ intent: 'hide', posting }}
              message={`Hidden: ${job.title}`}
              before={job.mark}
              undo={() => ({ intent: 'unhide', posting })}
            >
              <button type="submit" className={button('secondary')}>
                Hide this job
              </button>
            </MarkForm>
            <MarkForm
              fields={{ intent: 'hide-term', kind: 'company', text: job.company }}
              message={`Hidden: all jobs of ${job.company}`}
              undo={({ term }) => (term ? { intent: 'show-term', term: term.id } : null)}
            >
              <button type="submit" className={button('secondary')}>
                Hide all jobs of {job.company}
              </button>
            </MarkForm>
          </div>
          <HideWord />
        </>
      )}
    </Disclosure>
  );
}

/** A field for a word or a company whose jobs are to be hidden. */
export function HideWord({ kind = 'word' }: { kind?: 'word' | 'company' }) {
  const id = useId();
  const word = kind === 'word';
  return (
    <MarkForm
      fields={{ intent: 'hide-term', kind }}
      message={(form) => `Hidden: jobs ${word ? 'with the word' : 'of'} ${form.get('text')}`}
      undo={({ term }) => (term ? { intent: 'show-term', term: term.id } : null)}
      clears
      className="flex flex-wrap items-end gap-2"
    >
      <Field
        id={id}
        label={word ? 'Hide jobs with the word' : 'Hide jobs of the company'}
        className="min-w-0 flex-1 basis-48"
      >
        {(control) => (
          <input
            {...control}
            name="text"
            required
            maxLength={word ? markLimits.hiddenWordCharacters : markLimits.hiddenCompanyCharacters}
            autoComplete="off"
            autoCapitalize="none"
          />
        )}
      </Field>
      <button type="submit" className={button('secondary', 'min-h-11')}>
        Hide
        <span className="sr-only"> {word ? 'this word' : 'this company'}</span>
      </button>
    </MarkForm>
  );
}

function ShowAgain({ job, terms }: { job: MarkedJob; terms: HiddenTerm[] }) {
  const posting = job.postingId;
  return (
    <>
      {job.mark?.hiddenAt && (
        <MarkForm
          fields={{ intent: 'unhide', posting }}
          message={`Shown again: ${job.title}`}
          before={job.mark}
          left={withoutMark(job.mark, 'hidden')}
          undo={() => ({ intent: 'hide', posting })}
        >
          <button type="submit" className={button('quiet', 'px-3')}>
            <Eye aria-hidden="true" className="size-4 shrink-0" />
            Show this job again
            <span className="sr-only">: {job.title}</span>
          </button>
        </MarkForm>
      )}
      {terms.map((term) => (
        <ShowTermAgain key={term.id} term={term} look={button('quiet', 'px-3')}>
          <Eye aria-hidden="true" className="size-4 shrink-0" />
          Show {jobsOf(term)} again
        </ShowTermAgain>
      ))}
    </>
  );
}

const jobsOf = ({ kind, text }: HiddenTerm) =>
  kind === 'company' ? `jobs of ${text}` : `jobs with “${text}”`;

/** Takes a hidden company or word back. */
function ShowTermAgain({ term, look, children }: { term: HiddenTerm; look: string; children: ReactNode }) {
  return (
    <MarkForm
      fields={{ intent: 'show-term', term: term.id }}
      message={`Shown again: ${jobsOf(term)}`}
      undo={() => ({ intent: 'hide-term', kind: term.kind, text: term.text })}
    >
      <button type="submit" className={look}>
        {children}
      </button>
    </MarkForm>
  );
}

/** What a person hides, each to be taken back. */
export function HiddenTermList({ terms }: { terms: HiddenTerm[] }) {
  return (
    <ul className="flex flex-wrap gap-2" aria-label="Hidden companies and words">
      {terms.map((term) => (
        <li
          key={term.id}
          data-term={term.text}
          className="flex min-w-0 items-center gap-2 rounded-md border border-line py-1 pr-1 pl-3 text-sm"
        >
          {term.kind === 'company' ? (
            <Building2 aria-hidden="true" className="size-4 shrink-0 text-muted" />
          ) : (
            <Type aria-hidden="true" className="size-4 shrink-0 text-muted" />
          )}
          <span className="min-w-0 font-semibold break-words">
            <span className="sr-only">{term.kind === 'company' ? 'Company: ' : 'Word: '}</span>
            {term.text}
          </span>
          <ShowTermAgain term={term} look={button('quiet', 'px-3')}>
            Show again<span className="sr-only">: {jobsOf(term)}</span>
          </ShowTermAgain>
        </li>
      ))}
    </ul>
  );
}
