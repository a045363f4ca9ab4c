import { useLocation } from '@remix-run/react';
import type { ReactNode } from 'react';
import type { JobMark } from '../api/types.js';
import type { MarkAnswer } from './act.server.js';
import { useSend } from './send.js';
import type { MarkFields } from './tell.js';

export interface MarkFormProps {
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

/**
 * A form that marks a job or hides a term: in place with scripts, by a page that comes back without them. A page has
 * scores of them, so that each is a bare form, and the list around them sends it.
 */
export function MarkForm(props: MarkFormProps) {
  const { fields, className, children } = props;
  const { pathname, search } = useLocation();
  const send = useSend();
  return (
    <form
      method="post"
      action="/jobs/mark"
      className={className}
      onSubmit={(event) => {
        event.preventDefault();
        send(event.currentTarget, props);
      }}
    >
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <input type="hidden" name="to" value={pathname + search} />
      {children}
    </form>
  );
}
