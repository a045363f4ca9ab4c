import { Form, useActionData, useNavigation } from '@remix-run/react';
import { BookmarkPlus, ChevronDown, LoaderCircle, Search } from 'lucide-react';
import type { Board } from '../../api/types.js';
import { button } from '../../components/button.js';
import { Field } from '../../components/field.js';
import { useFocusFirstError } from '../../components/focus-first-error.js';
import { Notice } from '../../components/notice.js';
import { ages, currencies, type FormValues, searchLimits } from '../../search-fields.js';
import { BoardChoice, isReady } from './board-choice.js';
import type { action } from './route.js';

interface SearchFormProps {
  boards: Board[];
  values: FormValues;
  /** The saved search that filled the form. */
  saved: { id: string; name: string } | null;
}

/** What a person looks for. Fills from a saved search, an earlier run, or what was just refused. */
export function SearchForm({ boards, values: given, saved }: SearchFormProps) {
  const problem = useActionData<typeof action>();
  const form = useFocusFirstError(problem);
  const navigation = useNavigation();
  const busy = navigation.state !== 'idle' && navigation.formData?.get('intent');
  const errors = problem?.fields ?? {};
  const values: FormValues = problem?.entered ?? given;
  const one = (name: string) => values[name]?.[0];
  const ready = boards.filter(isReady).map(({ name }) => name);
  const chosen = values.boards ?? (problem ? [] : ready);
  const chosenReady = ready.filter((name) => chosen.includes(name)).length;
  const allBoards = chosenReady === ready.length && chosen.length === ready.length;
  const detailsOpen = !allBoards || Boolean(one('excludeWords')) || Boolean(errors.excludeWords);

  return (
    <Form method="post" action="/?index" noValidate ref={form} className="grid gap-5">
      {problem?.form && (
        <Notice kind="bad" alert>
          {problem.form}
        </Notice>
      )}
      {/* Enter in a field presses the first submit button of the form: searching, not saving. */}
      <button
        type="submit"
        name="intent"
        value="search"
        tabIndex={-1}
        aria-hidden="true"
        className="hidden"
      />
      {saved && <input type="hidden" name="saved" value={saved.id} />}
      {one('rerunOf') && <input type="hidden" name="rerunOf" value={one('rerunOf')} />}

      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          id="title"
          label="Job title"
          error={errors.title}
          hint='Words, "a phrase" or -a word to leave out'
        >
          {(control) => (
            <input
              {...control}
              name="title"
              required
              maxLength={searchLimits.titleCharacters}
              defaultValue={one('title')}
              placeholder="react developer"
              enterKeyHint="search"
            />
          )}
        </Field>
        <Field
          id="place"
          label="Place"
          error={errors.place}
          hint="City, region or country; empty for anywhere"
        >
          {(control) => (
            <input
              {...control}
              name="place"
              maxLength={searchLimits.placeCharacters}
              defaultValue={one('place')}
              placeholder="London"
              enterKeyHint="search"
            />
          )}
        </Field>
      </div>

      <div className="grid gap-4 sm:grid-cols-2">
        <fieldset className="min-w-0">
          <legend className="sr-only">Pay</legend>
          <div className="flex gap-2">
            <Field
              id="salaryAmount"
              label="Pay a year from"
              error={errors.salaryAmount}
              className="min-w-0 flex-1"
            >
              {(control) => (
                <input
                  {...control}
                  name="salaryAmount"
                  inputMode="numeric"
                  autoComplete="off"
                  defaultValue={one('salaryAmount')}
                  placeholder="any"
                />
              )}
            </Field>
            <Field id="salaryCurrency" label="Currency" error={errors.salaryCurrency}>
              {(control) => (
                <select {...control} name="salaryCurrency" defaultValue={one('salaryCurrency') ?? 'GBP'}>
                  {[...new Set([...currencies, one('salaryCurrency') ?? 'GBP'])].map((currency) => (
                    <option key={currency}>{currency}</option>
                  ))}
                </select>
              )}
            </Field>
          </div>
        </fieldset>
        <Field id="maxAgeDays" label="Posted" error={errors.maxAgeDays}>
          {(control) => (
            <select {...control} name="maxAgeDays" defaultValue={one('maxAgeDays') ?? ''}>
              <option value="">At any time</option>
              {[
                ...ages.map(({ days, label }) => [String(days), label] as const),
                ...ageOfItsOwn(one('maxAgeDays')),
              ].map(([days, label]) => (
                <option key={days} value={days}>
                  {label}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>

      <div className="flex flex-wrap gap-x-8">
        {[
          { name: 'remoteOnly', label: 'Remote jobs only' },
          { name: 'salaryKnownOnly', label: 'Only with stated pay' },
        ].map(({ name, label }) => (
          <label key={name} className="flex min-h-10 w-fit items-center gap-2.5 font-medium">
            <input type="checkbox" name={name} defaultChecked={one(name) === 'on'} className="size-5" />
            {label}
          </label>
        ))}
      </div>

      <details open={detailsOpen} className="group rounded-md border border-line">
        <summary className="flex min-h-11 list-none items-center justify-between gap-2 rounded-md px-4 py-2 text-sm font-semibold [&::-webkit-details-marker]:hidden">
          <span className="flex flex-wrap gap-x-2">
            Boards and unwanted words
            <span className="font-normal text-muted">
              {allBoards ? `all ${ready.length} boards` : `${chosenReady} of ${ready.length} boards`}
            </span>
          </span>
          <ChevronDown aria-hidden="true" className="size-5 text-muted transition group-open:rotate-180" />
        </summary>
        <div className="grid gap-4 border-t border-line p-3 sm:p-4">
          <BoardChoice boards={boards} chosen={chosen} error={errors.boards} />
          <Field
            id="excludeWords"
            label="Words to leave out"
            hint="Separated by commas; looked for in title and company"
            error={errors.excludeWords}
          >
            {(control) => (
              <input
                {...control}
                name="excludeWords"
                defaultValue={one('excludeWords')}
                placeholder="intern, unpaid"
              />
            )}
          </Field>
        </div>
      </details>

      <div className="flex flex-wrap items-start gap-3">
        <button
          type="submit"
          name="intent"
          value="search"
          disabled={busy === 'search'}
          className={button('primary', 'min-h-12 flex-1 px-6 text-base sm:flex-none')}
        >
          {busy === 'search' ? (
            <LoaderCircle aria-hidden="true" className="size-5 animate-spin" />
          ) : (
            <Search aria-hidden="true" className="size-5" />
          )}
          {busy === 'search' ? 'Starting…' : 'Search the boards'}
        </button>
        <SaveSearch saved={saved} name={one('name') ?? saved?.name} error={errors.name} />
      </div>
    </Form>
  );
}

/** An age that is not in the list, as the API allows. */
const ageOfItsOwn = (days: string | undefined): [string, string][] =>
  days && !ages.some((age) => String(age.days) === days) ? [[days, `Last ${days} days`]] : [];

function SaveSearch({
  saved,
  name,
  error,
}: {
  saved: SearchFormProps['saved'];
  name?: string;
  error?: string;
}) {
  return (
    <details open={Boolean(error) || saved !== null} className="group min-w-0 flex-1 basis-60">
      <summary className={button('secondary', 'min-h-12 list-none [&::-webkit-details-marker]:hidden')}>
        <BookmarkPlus aria-hidden="true" className="size-5" />
        Save this search
      </summary>
      <div className="mt-3 grid gap-3 rounded-md border border-line p-4">
        <Field id="name" label="Name" error={error}>
          {(control) => (
            <input
              {...control}
              name="name"
              maxLength={searchLimits.savedSearchNameCharacters}
              defaultValue={name}
              placeholder="React in London"
              autoComplete="off"
            />
          )}
        </Field>
        <div className="flex flex-wrap gap-2">
          {saved && (
            <button type="submit" name="intent" value="update" className={button('primary')}>
              Save changes
            </button>
          )}
          <button type="submit" name="intent" value="save" className={button('secondary')}>
            {saved ? 'Save as a new search' : 'Save'}
          </button>
        </div>
      </div>
    </details>
  );
}
