import { useFetcher, useLocation, useSubmit } from '@remix-run/react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { JobMark } from '../api/types.js';
import type { MarkAnswer } from './act.server.js';
import { type MarkFields, useTell } from './tell.js';

interface MarkFormProps {
  fields: MarkFields;
  /** What is told when it is done. */
  message: string | ((form: FormData) => string);
  /** What takes it back. */
  undo: (answer: MarkAnswer & { ok: true }, form: FormData) => MarkFields | null;
  /** How the job is marked now, and after a mark was taken back. */
  before?: JobMark | null;
  left?: JobMark | null;
  onDone?: () => void;
  /** Its fields are emptied when it is done. */
  clears?: boolean;
  className?: string;
  children: ReactNode;
}

/** A form as it was when it was sent: the list may have changed since. */
interface Sent {
  key: string;
  form: HTMLFormElement;
  data: FormData;
  asked: MarkFormProps;
}

let submissions = 0;

/**
 * A form that marks a job or hides a term: in place with scripts, by a page that comes back without them. A page has
 * scores of them, so that each is a bare form until it is sent.
 */
export function MarkForm(props: MarkFormProps) {
  const { fields, className, children } = props;
  const { pathname, search } = useLocation();
  const submit = useSubmit();
  const [sent, setSent] = useState<Sent | null>(null);
  return (
    <form
      method="post"
      action="/jobs/mark"
      className={className}
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const data = new FormData(form);
        data.delete('to');
        data.set('via', 'script');
        submissions += 1;
        const key = `mark-${submissions}`;
        setSent({ key, form, data, asked: props });
        submit(data, { method: 'post', action: '/jobs/mark', navigate: false, fetcherKey: key });
      }}
    >
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <input type="hidden" name="to" value={pathname + search} />
      {children}
      {sent && <Answer key={sent.key} sent={sent} />}
    </form>
  );
}

/** Waits for the answer to what was sent, and tells of it. */
function Answer({ sent: { key, form, data, asked } }: { sent: Sent }) {
  const { data: answer } = useFetcher<MarkAnswer>({ key });
  const tell = useTell();
  const told = useRef(false);
  useEffect(() => {
    if (!answer || told.current) return;
    told.current = true;
    if (!answer.ok) {
      tell({ message: answer.problem, undo: null, failed: true, hiding: false });
      return;
    }
    const { fields, message, undo, before, left, onDone, clears } = asked;
    onDone?.();
    if (clears) form.reset();
    const mark = answer.mark ?? left;
    tell({
      message: typeof message === 'string' ? message : message(data),
      undo: undo(answer, data),
      before,
      job: fields.posting && mark !== undefined ? { postingId: fields.posting, mark } : undefined,
      hiding: /hide|term/.test(fields.intent),
    });
  }, [answer, tell, form, data, asked]);
  return null;
}
