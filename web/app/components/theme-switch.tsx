import { useFetcher, useLocation } from '@remix-run/react';
import clsx from 'clsx';
import { Monitor, Moon, Sun } from 'lucide-react';

const choices = [
  { theme: 'light', label: 'Light', icon: Sun },
  { theme: 'dark', label: 'Dark', icon: Moon },
  { theme: 'system', label: 'As the device', icon: Monitor },
] as const;

/** Chooses light, dark or the device's own. A plain form: it works without scripts too. */
export function ThemeSwitch({ theme }: { theme: (typeof choices)[number]['theme'] }) {
  const fetcher = useFetcher();
  const { pathname, search } = useLocation();
  const chosen = fetcher.formData?.get('theme') ?? theme;
  return (
    <fetcher.Form method="post" action="/theme">
      <input type="hidden" name="to" value={pathname + search} />
      <fieldset className="flex rounded-full border border-line bg-surface p-1">
        <legend className="sr-only">Colours</legend>
        {choices.map(({ theme: value, label, icon: Icon }) => (
          <button
            key={value}
            type="submit"
            name="theme"
            value={value}
            aria-pressed={chosen === value}
            aria-label={label}
            title={label}
            className={clsx(
              'grid size-8 place-items-center rounded-full',
              chosen === value ? 'bg-accent-soft text-accent' : 'text-muted hover:text-ink',
            )}
          >
            <Icon aria-hidden="true" className="size-4" />
          </button>
        ))}
      </fieldset>
    </fetcher.Form>
  );
}
