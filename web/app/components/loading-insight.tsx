import { Lightbulb, Pause, Play } from 'lucide-react';
import { useEffect, useState } from 'react';

export const insights = [
  'Titles differ from firm to firm. Try “frontend engineer” beside “react developer”: the same work often has both names.',
  'A posting that names its pay saves you a call. “With stated pay” above the results keeps only those.',
  'Put a phrase in quotes to keep it together: "site reliability" finds no lone “site”.',
  'A minus leaves a word out: developer -senior skips senior roles.',
  'Fresh postings get read first: “Only new” above the results shows what you have not seen yet.',
  'The same job on two boards is one result here, with a link to each.',
  '“Remote” can mean one country only. The place line usually says which.',
  'Mirror a posting’s own words for a skill in your CV: the first reader may be a filter.',
  'The company’s own board is the original. Where there is one, it comes first among the links.',
  'Keep a note of what you applied to and when; a kind question after a week is welcome more often than not.',
  'Half the wish list is often enough to apply. Wish lists describe two people.',
  'Before an interview, read the posting again: most first questions come out of it.',
  'You can close this page. The search goes on, and its results wait on every device you sign in on.',
] as const;

const showFor = 10_000;

/** The same insight on server and browser for the same run, so that the first render fits. */
const firstIndex = (seed: string) =>
  [...seed].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0) % insights.length;

const another = (shown: number) =>
  (shown + 1 + Math.floor(Math.random() * (insights.length - 1))) % insights.length;

/** Something worth reading while a search goes on: a random insight, another every ten seconds unless paused. */
export function LoadingInsight({ seed }: { seed: string }) {
  const [index, setIndex] = useState(() => firstIndex(seed));
  const [paused, setPaused] = useState(false);

  useEffect(() => {
    if (paused) return;
    const timer = setInterval(() => setIndex(another), showFor);
    return () => clearInterval(timer);
  }, [paused]);

  return (
    <aside
      aria-label="Job search insight"
      className="flex min-h-16 items-center gap-3 rounded-md bg-accent-soft px-4 py-3 text-sm"
    >
      <Lightbulb aria-hidden="true" className="size-5 shrink-0 text-accent" />
      <p key={index} className="enter flex-1" data-insight={index}>
        {insights[index]}
      </p>
      <button
        type="button"
        onClick={() => setPaused(!paused)}
        aria-label={paused ? 'Go on with insights' : 'Pause insights'}
        className="-m-1 grid size-8 shrink-0 place-items-center rounded-md text-accent hover:bg-surface"
      >
        {paused ? (
          <Play aria-hidden="true" className="size-4" />
        ) : (
          <Pause aria-hidden="true" className="size-4" />
        )}
      </button>
    </aside>
  );
}
