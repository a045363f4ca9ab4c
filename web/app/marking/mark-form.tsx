import { useFetcher, useLocation } from '@remix-run/react';
import { type ReactNode, useEffect, useRef } from 'react';
import type { JobMark } from '../api/types.js';
import { useHydrated } from '../live/use-server-clock.js';
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

/** A form that marks a job or hides a term: in place with scripts, by a page that comes back without them. */
export function MarkForm(props: MarkFormProps) {
  const { fields, className, children } = props;
  const fetcher = useFetcher<MarkAnswer>();
  const { pathname, search } = useLocation();
  const tell = useTell();
  const sent = useRef<{ form: HTMLFormElement; data: FormData } | null>(null);
  const answer = fetcher.data;
  // As it was when it was sent: the list may have changed since.
  const asked = useRef(props);
  useEffect(() => {
    if (!answer || !sent.current) return;
    const { form, data } = sent.current;
    const { fields, message, undo, before, left, onDone, clears } = asked.current;
    sent.current = null;
    if (!answer.ok) {
      tell({ message: answer.problem, undo: null, failed: true, hiding: false });
      return;
    }
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
  }, [answer, tell]);

  return (
    <fetcher.Form
      method="post"
      action="/jobs/mark"
      className={className}
      onSubmit={(event) => {
        sent.current = { form: event.currentTarget, data: new FormData(event.currentTarget) };
        asked.current = props;
      }}
    >
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {useHydrated() ? (
        <input type="hidden" name="via" value="script" />
      ) : (
        <input type="hidden" name="to" value={pathname + search} />
      )}
      {children}
    </fetcher.Form>
  );
}
