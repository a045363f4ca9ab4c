import { useFetcher, useSubmit } from '@remix-run/react';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react';
import type { MarkAnswer } from './act.server.js';
import type { MarkFormProps } from './mark-form.js';
import type { Told } from './tell.js';

/** A form as it was when it was sent: the list may have changed since, and the form may be gone. */
interface Sent {
  /** Of its fetcher. */
  key: string;
  form: HTMLFormElement;
  data: FormData;
  asked: MarkFormProps;
}

const SendContext = createContext<(form: HTMLFormElement, asked: MarkFormProps) => void>(() => {});
export const useSend = () => useContext(SendContext);

let submissions = 0;

/** Sends the forms within it, and tells what became of each. */
export function Sending({ tell, children }: { tell: (told: Told) => void; children: ReactNode }) {
  const submit = useSubmit();
  const [waiting, setWaiting] = useState<readonly Sent[]>([]);
  const send = useCallback(
    (form: HTMLFormElement, asked: MarkFormProps) => {
      const data = new FormData(form);
      data.set('via', 'script');
      submissions += 1;
      const key = `mark-${submissions}`;
      setWaiting((held) => [...held, { key, form, data, asked }]);
      submit(data, { method: 'post', action: '/jobs/mark', navigate: false, fetcherKey: key });
    },
    [submit],
  );
  const onAnswer = useCallback(
    (sent: Sent, answer: MarkAnswer) => {
      setWaiting((held) => held.filter((each) => each !== sent));
      if (answer.ok) {
        sent.asked.onDone?.();
        if (sent.asked.clears) sent.form.reset();
      }
      tell(toldOf(sent, answer));
    },
    [tell],
  );
  return (
    <SendContext.Provider value={send}>
      {children}
      {waiting.map((sent) => (
        <Answer key={sent.key} sent={sent} onAnswer={onAnswer} />
      ))}
    </SendContext.Provider>
  );
}

function Answer({ sent, onAnswer }: { sent: Sent; onAnswer: (sent: Sent, answer: MarkAnswer) => void }) {
  const { data: answer } = useFetcher<MarkAnswer>({ key: sent.key });
  const answered = useRef(false);
  useEffect(() => {
    if (!answer || answered.current) return;
    answered.current = true;
    onAnswer(sent, answer);
  }, [answer, sent, onAnswer]);
  return null;
}

function toldOf({ data, asked }: Sent, answer: MarkAnswer): Told {
  if (!answer.ok) return { message: answer.problem, undo: null, failed: true, hiding: false };
  const { fields, message, undo, before, left } = asked;
  const mark = answer.mark ?? left;
  return {
    message: typeof message === 'string' ? message : message(data),
    undo: undo(answer, data),
    before,
    job: fields.posting && mark !== undefined ? { postingId: fields.posting, mark } : undefined,
    hiding: /hide|term/.test(fields.intent),
  };
}
