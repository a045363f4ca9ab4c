import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { Form, Link, type MetaFunction, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { attempt } from '../../api/client.server.js';
import { problemSentence } from '../../api/problems.js';
import { requireVisitor } from '../../auth.server.js';
import { button } from '../../components/button.js';
import { Field, FieldError } from '../../components/field.js';
import { useFocusFirstError } from '../../components/focus-first-error.js';
import { NextRun } from '../../components/next-run.js';
import { Notice } from '../../components/notice.js';
import { ZoneSelect } from '../../components/zone-select.js';
import { timeZones } from '../../time-zones.server.js';
import { apiScheduleProblem, readScheduleForm, type ScheduleProblem } from './schedule-form.server.js';

export const meta: MetaFunction = () => [{ title: 'Schedule of a saved search · Searching The Fox' }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { api, ask, headers } = await requireVisitor(request);
  const path = { id: String(params.id) };
  const [search, settings, service] = await Promise.all([
    ask(api.GET('/saved-searches/{id}', { params: { path } })),
    ask(api.GET('/me/settings')),
    ask(api.GET('/schedules')),
  ]);
  const { timeZone, quietHours } = settings;
  return data(
    { search, timeZone, quietHours, service: service.items, zones: timeZones, now: Date.now() },
    { headers },
  );
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { api, headers } = await requireVisitor(request);
  const id = String(params.id);
  const read = readScheduleForm(await request.formData());
  if (!read.ok) return data(read.problem, { status: 422, headers });
  const { schedule, entered } = read;
  const outcome = await attempt(
    api.PATCH('/saved-searches/{id}', { params: { path: { id } }, body: { schedule } }),
  );
  if (outcome.ok) throw redirect(`/saved?scheduled=${id}`, { headers });
  const { problem } = outcome;
  return data(apiScheduleProblem(entered, schedule, problem, problemSentence(problem)), {
    status: problem.status,
    headers,
  });
}

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const everyDay = days.map((_, index) => index + 1);

export default function SchedulePage() {
  const { search, timeZone, quietHours, service, zones, now } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>() as ScheduleProblem | undefined;
  const saving = useNavigation().formMethod === 'POST';
  const form = useFocusFirstError(problem);
  const { schedule } = search;
  const entered = problem?.entered ?? {
    kind: schedule.kind,
    times: schedule.times.join(', '),
    days: schedule.days.length > 0 ? schedule.days : everyDay,
    timeZone: schedule.timeZone,
  };
  const errors = problem?.fields ?? {};

  return (
    <main id="main" className="mx-auto grid max-w-2xl gap-6 px-4 py-6 lg:py-10">
      <div className="grid gap-2">
        <h1 className="text-xl font-bold">When “{search.name}” runs</h1>
        <NextRun search={search} now={now} />
      </div>
      {problem?.form && (
        <Notice kind="bad" alert>
          {problem.form}
        </Notice>
      )}
      <Form method="post" ref={form} className="group card grid gap-5 p-5" noValidate>
        <fieldset className="grid min-w-0 gap-1">
          <legend className="sr-only">By itself</legend>
          <Kind value="service" chosen={entered.kind} label="At the service’s times">
            {service.map(({ times, timeZone: zone }) => `${times.join(', ')} (${zone})`).join('; ')}
          </Kind>
          <Kind value="own" chosen={entered.kind} label="At times of its own" />
          <Kind value="none" chosen={entered.kind} label="Not by itself">
            It runs when you start it.
          </Kind>
        </fieldset>

        <div className="hidden gap-5 border-t border-line pt-5 group-has-[[value=own]:checked]:grid">
          <Field
            id="times"
            label="Times"
            hint="Up to 12 a day, at least 30 minutes apart, with commas between them: 08:00, 17:30"
            error={errors.times}
          >
            {(control) => (
              <input
                {...control}
                name="times"
                defaultValue={entered.times}
                placeholder="08:00, 17:30"
                autoComplete="off"
              />
            )}
          </Field>
          <fieldset aria-describedby={errors.days && 'days-error'} className="min-w-0">
            <legend className="mb-1 text-sm font-semibold">Days</legend>
            <div className="grid grid-cols-[repeat(auto-fill,minmax(7.5rem,1fr))] gap-x-3">
              {days.map((day, index) => (
                <label key={day} className="flex min-h-10 items-center gap-2 text-sm">
                  <input
                    type="checkbox"
                    name="days"
                    value={index + 1}
                    defaultChecked={(entered.days as number[]).includes(index + 1)}
                    aria-invalid={errors.days ? true : undefined}
                    className="size-5 shrink-0"
                  />
                  {day}
                </label>
              ))}
            </div>
            <FieldError id="days-error" error={errors.days} />
          </fieldset>
          <Field
            id="timeZone"
            label="Time zone"
            hint="The times stay the same by its clocks, in summer and in winter."
            error={errors.timeZone}
          >
            {(control) => (
              <ZoneSelect
                {...control}
                name="timeZone"
                zones={zones}
                chosen={entered.timeZone}
                fallback={timeZone}
              />
            )}
          </Field>
        </div>

        <p className="text-sm text-muted">
          {quietHours
            ? `Your quiet hours are ${quietHours.from} to ${quietHours.to} (${timeZone}): nothing runs by itself then. `
            : 'You have no quiet hours: searches run by themselves at any hour. '}
          <Link to="/settings" className="link">
            Settings
          </Link>
        </p>
        <div className="flex flex-wrap gap-2">
          <button type="submit" disabled={saving} className={button('primary')}>
            {saving ? 'Saving…' : 'Save'}
          </button>
          <Link to="/saved" className={button('secondary')}>
            Cancel
          </Link>
        </div>
      </Form>
    </main>
  );
}

interface KindProps {
  value: string;
  chosen: string;
  label: string;
  children?: React.ReactNode;
}

function Kind({ value, chosen, label, children }: KindProps) {
  const hint = children ? `kind-${value}` : undefined;
  return (
    <div className="py-1.5">
      <label className="flex min-h-8 items-center gap-2.5 font-medium">
        <input
          type="radio"
          name="kind"
          value={value}
          defaultChecked={value === chosen}
          aria-describedby={hint}
          className="size-5 shrink-0"
        />
        {label}
      </label>
      {children && (
        <p id={hint} className="ml-7.5 text-sm text-muted">
          {children}
        </p>
      )}
    </div>
  );
}
