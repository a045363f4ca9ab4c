import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { Form, Link, type MetaFunction, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { Download, Trash2 } from 'lucide-react';
import { attempt } from '../../api/client.server.js';
import { problemSentence } from '../../api/problems.js';
import type { Settings } from '../../api/types.js';
import { requireVisitor } from '../../auth.server.js';
import { button } from '../../components/button.js';
import { ConfirmButton } from '../../components/confirm.js';
import { Field } from '../../components/field.js';
import { useFocusFirstError } from '../../components/focus-first-error.js';
import { Notice } from '../../components/notice.js';
import { ZoneSelect } from '../../components/zone-select.js';
import { timeZones } from '../../time-zones.server.js';
import { linkRevocation } from './link-revocation.js';
import { apiSettingsProblem, readSettingsForm, type SettingsProblem } from './settings-form.server.js';

export const meta: MetaFunction = () => [{ title: 'Settings · Searching The Fox' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { api, ask, headers } = await requireVisitor(request);
  const settings = await ask(api.GET('/me/settings'));
  const { searchParams } = new URL(request.url);
  const done = (['saved', 'revoked'] as const).find((what) => searchParams.has(what));
  return data({ settings, done, zones: timeZones }, { headers });
}

export async function action({ request }: ActionFunctionArgs) {
  const { api, headers } = await requireVisitor(request);
  const read = readSettingsForm(await request.formData());
  if (!read.ok) return data(read.problem, { status: 422, headers });
  const outcome = await attempt(api.PUT('/me/settings', { body: read.settings }));
  if (outcome.ok) throw redirect('/settings?saved', { headers });
  const { problem } = outcome;
  return data(apiSettingsProblem(read.entered, problem, problemSentence(problem)), {
    status: problem.status,
    headers,
  });
}

const digests = [
  { value: 'each_tick', label: 'After each round of searches, when there is something new' },
  { value: 'daily', label: 'Once a day' },
  { value: 'off', label: 'No mail' },
];

const told = {
  saved: 'Your settings are saved.',
  revoked: 'The unsubscribe link is revoked: in the mails that you have it leads nowhere.',
};

export default function SettingsPage() {
  const { settings, done, zones } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>() as SettingsProblem | undefined;
  const saving = useNavigation().formMethod === 'POST';
  const form = useFocusFirstError(problem);
  const entered = problem?.entered ?? {
    ...settings,
    from: settings.quietHours?.from ?? '',
    to: settings.quietHours?.to ?? '',
  };
  const errors = problem?.fields ?? {};

  return (
    <main id="main" className="mx-auto grid max-w-2xl gap-6 px-4 py-6 lg:py-10">
      <div>
        <h1 className="text-xl font-bold">Settings</h1>
        <p className="text-muted">When your searches rest, and what mail you get.</p>
      </div>
      {done && !problem && <Notice>{told[done]}</Notice>}
      {problem?.form && (
        <Notice kind="bad" alert>
          {problem.form}
        </Notice>
      )}
      <Silenced searches={settings.silencedSearches} />
      <Form method="post" ref={form} className="card grid gap-6 p-5" noValidate>
        <Field
          id="timeZone"
          label="Your time zone"
          hint="Quiet hours and the daily mail go by its clocks."
          error={errors.timeZone}
        >
          {(control) => (
            <ZoneSelect
              {...control}
              name="timeZone"
              zones={zones}
              chosen={entered.timeZone}
              fallback={entered.timeZone}
            />
          )}
        </Field>

        <fieldset className="min-w-0">
          <legend className="text-sm font-semibold">Quiet hours</legend>
          <p className="mb-2 text-xs text-muted">
            No search starts by itself and no mail goes out then. They may go over midnight; leave both empty
            for none.
          </p>
          <div className="grid grid-cols-2 gap-3 sm:max-w-xs">
            {(['from', 'to'] as const).map((name) => (
              <Field key={name} id={name} label={name === 'from' ? 'From' : 'To'} error={errors[name]}>
                {(control) => <input {...control} type="time" name={name} defaultValue={entered[name]} />}
              </Field>
            ))}
          </div>
        </fieldset>

        <fieldset className="min-w-0">
          <legend className="mb-1 text-sm font-semibold">Mail with new jobs</legend>
          {digests.map(({ value, label }) => (
            <label key={value} className="flex min-h-10 items-center gap-2.5">
              <input
                type="radio"
                name="digest"
                value={value}
                defaultChecked={value === entered.digest}
                className="size-5 shrink-0"
              />
              {label}
            </label>
          ))}
          <Field
            id="digestAt"
            label="Time of the daily mail"
            error={errors.digestAt}
            className="mt-2 sm:max-w-40"
          >
            {(control) => <input {...control} type="time" name="digestAt" defaultValue={entered.digestAt} />}
          </Field>
        </fieldset>

        <button type="submit" disabled={saving} className={button('primary', 'justify-self-start')}>
          {saving ? 'Saving…' : 'Save'}
        </button>
      </Form>
      <UnsubscribeLink />
      <YourData />
    </main>
  );
}

/** For when a mail is in wrong hands. */
function UnsubscribeLink() {
  return (
    <section aria-labelledby="unsubscribe-link" className="card grid justify-items-start gap-3 p-5">
      <h2 id="unsubscribe-link" className="font-bold">
        The unsubscribe link in your mails
      </h2>
      <p className="text-muted">
        Whoever has one of your mails can end them by its link, without your password. If one is in wrong
        hands, revoke the link.
      </p>
      <ConfirmButton confirmation={linkRevocation} />
    </section>
  );
}

/** Taking away what is one's own, and having it removed. */
function YourData() {
  return (
    <section aria-labelledby="your-data" className="card grid gap-3 p-5">
      <h2 id="your-data" className="font-bold">
        Your data
      </h2>
      <p className="text-muted">
        Everything that is kept of you, as one file of JSON: your account, searches, results, marks and
        settings.
      </p>
      <div className="flex flex-wrap gap-2">
        <a href="/settings/export" download className={button('secondary')}>
          <Download aria-hidden="true" className="size-4" />
          Download your data
        </a>
        <Link to="/settings/delete-account" className={button('danger')}>
          <Trash2 aria-hidden="true" className="size-4" />
          Delete your account
        </Link>
      </div>
    </section>
  );
}

/** Searches that the quiet hours leave no time of their own. */
function Silenced({ searches }: { searches: Settings['silencedSearches'] }) {
  if (searches.length === 0) return null;
  return (
    <Notice kind="warn">
      In these hours lie all the times of some of your searches, which never run by themselves now:
      <ul className="mt-1 list-disc pl-5">
        {searches.map(({ id, name }) => (
          <li key={id}>
            <Link to={`/saved/${id}/schedule`} className="underline">
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
