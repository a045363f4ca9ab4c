import { Bookmark, BookmarkCheck, Check, NotebookPen, Send } from 'lucide-react';
import { useId } from 'react';
import type { HiddenTerm, JobMark } from '../api/types.js';
import { button } from '../components/button.js';
import { Field } from '../components/field.js';
import { isoDay, withoutMark } from '../format/job-mark.js';
import { absoluteDay } from '../format/time.js';
import { useTimeZone } from '../live/use-server-clock.js';
import { Disclosure } from './disclosure.js';
import { HideForms } from './hide-forms.js';
import { markLimits } from './limits.js';
import { MarkForm } from './mark-form.js';

export interface MarkedJob {
  postingId: string;
  title: string;
  company: string;
  mark: JobMark | null;
  hiddenBy?: HiddenTerm[];
}

/** What a person can do with a job. `now`: the server's time, in ms. */
export function JobActions({ job, now }: { job: MarkedJob; now: number }) {
  const { mark } = job;
  return (
    <div className="grid gap-2">
      {mark?.note && (
        <p className="border-l-3 border-accent-fill pl-3 text-sm whitespace-pre-line" data-note>
          <span className="sr-only">Your note: </span>
          {mark.note}
        </p>
      )}
      <div className="-mx-3 flex flex-wrap items-start gap-x-1 gap-y-2">
        <Save job={job} />
        <Applied job={job} now={now} />
        {(mark?.savedAt || mark?.appliedOn) && <Note job={job} mark={mark} />}
        <HideForms job={job} />
      </div>
    </div>
  );
}

const Of = ({ job }: { job: MarkedJob }) => <span className="sr-only"> {job.title}</span>;

function Save({ job }: { job: MarkedJob }) {
  const posting = job.postingId;
  if (!job.mark?.savedAt)
    return (
      <MarkForm
        fields={{ intent: 'save', posting }}
        message={`Saved: ${job.title}`}
        before={job.mark}
        undo={() => ({ intent: 'unsave', posting })}
      >
        <button type="submit" className={button('quiet', 'px-3')}>
          <Bookmark aria-hidden="true" className="size-4" />
          Save
          <Of job={job} />
        </button>
      </MarkForm>
    );
  return (
    <MarkForm
      fields={{ intent: 'unsave', posting }}
      message={`Not saved any more: ${job.title}`}
      before={job.mark}
      left={withoutMark(job.mark, 'saved')}
      undo={() => ({ intent: 'save', posting })}
    >
      <button type="submit" className={button('quiet', 'bg-accent-soft px-3')} data-saved>
        <BookmarkCheck aria-hidden="true" className="size-4" />
        Saved
        <span className="sr-only"> {job.title}: take it off the list</span>
      </button>
    </MarkForm>
  );
}

function Applied({ job, now }: { job: MarkedJob; now: number }) {
  const appliedOn = job.mark?.appliedOn ?? null;
  return (
    <Disclosure
      pressed={appliedOn !== null}
      label={
        appliedOn ? (
          <>
            <Check aria-hidden="true" className="size-4" />
            <span data-applied={appliedOn}>Applied {absoluteDay(Date.parse(appliedOn))}</span>
            <Of job={job} />
          </>
        ) : (
          <>
            <Send aria-hidden="true" className="size-4" />I applied
            <span className="sr-only"> for {job.title}</span>
          </>
        )
      }
    >
      {(close) => <AppliedForms job={job} now={now} close={close} />}
    </Disclosure>
  );
}

function AppliedForms({ job, now, close }: { job: MarkedJob; now: number; close: () => void }) {
  const id = useId();
  const posting = job.postingId;
  const { appliedOn = null, note = null } = job.mark ?? {};
  const today = isoDay(now, useTimeZone());
  const before = { intent: 'apply', posting, on: appliedOn ?? '', note: note ?? '' };
  return (
    <>
      <MarkForm
        fields={{ intent: 'apply', posting }}
        message={`Marked as applied for: ${job.title}`}
        before={job.mark}
        undo={() => (appliedOn ? before : { intent: 'unapply', posting })}
        onDone={close}
        className="grid gap-3"
      >
        <Field id={`${id}-on`} label="Applied on">
          {(control) => (
            <input
              {...control}
              key={appliedOn ?? today}
              type="date"
              name="on"
              required
              min={markLimits.appliedSince}
              max={today}
              defaultValue={appliedOn ?? today}
              className="field max-w-60"
            />
          )}
        </Field>
        <NoteField id={id} note={note} />
        <button type="submit" className={button('primary', 'justify-self-start')}>
          {appliedOn ? 'Save the changes' : 'Mark as applied'}
        </button>
      </MarkForm>
      {appliedOn && (
        <MarkForm
          fields={{ intent: 'unapply', posting }}
          message={`Not applied for: ${job.title}`}
          before={job.mark}
          left={withoutMark(job.mark, 'applied')}
          undo={() => before}
          onDone={close}
        >
          <button type="submit" className={button('secondary')}>
            I have not applied
          </button>
        </MarkForm>
      )}
    </>
  );
}

function Note({ job, mark }: { job: MarkedJob; mark: JobMark }) {
  return (
    <Disclosure
      label={
        <>
          <NotebookPen aria-hidden="true" className="size-4" />
          Note
          <span className="sr-only"> on {job.title}</span>
        </>
      }
    >
      {(close) => <NoteForm job={job} mark={mark} close={close} />}
    </Disclosure>
  );
}

function NoteForm({ job, mark, close }: { job: MarkedJob; mark: JobMark; close: () => void }) {
  const id = useId();
  const posting = job.postingId;
  return (
    <MarkForm
      fields={{ intent: 'note', posting }}
      message={`Noted on: ${job.title}`}
      before={mark}
      undo={() => ({ intent: 'note', posting, note: mark.note ?? '' })}
      onDone={close}
      className="grid gap-3"
    >
      <NoteField id={id} note={mark.note} />
      <button type="submit" className={button('primary', 'justify-self-start')}>
        Save the note
      </button>
    </MarkForm>
  );
}

function NoteField({ id, note }: { id: string; note: string | null }) {
  return (
    <Field id={`${id}-note`} label="Note" hint="Only you see it. It stays when the job is closed.">
      {(control) => (
        <textarea
          {...control}
          // What was noted elsewhere meanwhile is shown.
          key={note}
          name="note"
          rows={3}
          maxLength={markLimits.noteCharacters}
          defaultValue={note ?? ''}
        />
      )}
    </Field>
  );
}
