import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { Form, Link, type MetaFunction, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { Building2, LoaderCircle, Plus } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { attempt } from '../../api/client.server.js';
import { problemSentence } from '../../api/problems.js';
import { requireVisitor } from '../../auth.server.js';
import { listBoards } from '../../boards.server.js';
import { button } from '../../components/button.js';
import { EmptyState } from '../../components/empty-state.js';
import { Field } from '../../components/field.js';
import { useFocusFirstError } from '../../components/focus-first-error.js';
import { Notice } from '../../components/notice.js';
import { isWaiting, keyOf, useCompanies } from '../../live/companies.js';
import { CompanyItem } from './company-item.js';

export const meta: MetaFunction = () => [{ title: 'Companies · Searching The Fox' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { api, ask, headers } = await requireVisitor(request);
  const cursor = new URL(request.url).searchParams.get('cursor') ?? undefined;
  const [companies, boards] = await Promise.all([
    ask(api.GET('/companies', { params: { query: { cursor, limit: 50 } } })),
    listBoards(request),
  ]);
  const examples = boards.items.flatMap(({ companyAddress }) => companyAddress ?? []);
  return data(
    { companies: companies.items, nextCursor: companies.nextCursor, examples, now: Date.now() },
    { headers },
  );
}

export async function action({ request }: ActionFunctionArgs) {
  const { api, headers } = await requireVisitor(request);
  const address = String((await request.formData()).get('address') ?? '');
  const refuse = (status: number, refused: { field?: string; form?: string }) =>
    data({ address, ...refused }, { status, headers });

  if (address.trim() === '') return refuse(422, { field: 'Paste the address of a company’s jobs.' });
  const outcome = await attempt(api.POST('/companies/follow', { body: { address } }));
  if (outcome.ok) throw redirect('/companies', { headers });
  const { problem } = outcome;
  const field = problem.errors?.find(({ pointer }) => pointer === '/address')?.detail;
  return refuse(problem.status, field ? { field } : { form: problemSentence(problem) });
}

export default function CompaniesPage() {
  const loaded = useLoaderData<typeof loader>();
  const companies = useCompanies(loaded.companies);
  const waiting = companies.some(isWaiting);
  return (
    <main id="main" className="mx-auto grid max-w-4xl gap-6 px-4 py-6 lg:py-10">
      {waiting && (
        <noscript>
          <meta httpEquiv="refresh" content="10" />
        </noscript>
      )}
      <div>
        <h1 className="text-xl font-bold">Companies</h1>
        <p className="text-muted">
          Follow a company, and its own jobs page is part of every search that includes its board.
        </p>
      </div>
      <FollowForm examples={loaded.examples} />
      {waiting && (
        <noscript>
          <Notice>
            This page reloads by itself until every company is read.{' '}
            <a href="/companies" className="link">
              Reload now
            </a>
          </Notice>
        </noscript>
      )}
      {companies.length === 0 ? (
        <EmptyState icon={Building2} title="No companies yet">
          Paste the address of a company’s jobs page above. It is looked for once, and its new jobs turn up in
          your searches from then on.
        </EmptyState>
      ) : (
        <ul className="grid gap-3" aria-label="Companies you follow">
          {companies.map((company) => (
            <CompanyItem key={keyOf(company)} company={company} now={loaded.now} />
          ))}
        </ul>
      )}
      {loaded.nextCursor && (
        <Link
          to={`/companies?cursor=${encodeURIComponent(loaded.nextCursor)}`}
          className={button('secondary', 'justify-self-center px-6')}
        >
          More companies
        </Link>
      )}
    </main>
  );
}

function FollowForm({ examples }: { examples: string[] }) {
  const refused = useActionData<typeof action>();
  const form = useFocusFirstError(refused);
  const { state, formData } = useNavigation();
  const following = state === 'idle' ? null : (formData?.get('address') ?? null);
  const asked = useRef<FormDataEntryValue | null>(null);
  useEffect(() => {
    const field = form.current?.elements.namedItem('address');
    // What was taken makes room for the next one; what was refused, or typed since, stays.
    if (following === null && !refused && field instanceof HTMLInputElement && field.value === asked.current)
      form.current?.reset();
    asked.current = following;
  }, [following, refused, form]);
  return (
    <Form ref={form} method="post" className="card grid gap-3 p-5" noValidate>
      {refused?.form && (
        <Notice kind="bad" alert>
          {refused.form}
        </Notice>
      )}
      <div className="flex flex-wrap items-start gap-3">
        <Field
          id="address"
          label="Address of a company’s jobs page, or of one of its jobs"
          error={refused?.field}
          className="min-w-0 flex-1 basis-72"
        >
          {(control) => (
            <input
              {...control}
              name="address"
              type="text"
              inputMode="url"
              defaultValue={refused?.address}
              placeholder={examples[0]}
              maxLength={2_000}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          )}
        </Field>
        <button
          type="submit"
          disabled={following !== null}
          className={button('primary', 'min-h-11 sm:mt-[1.65rem]')}
        >
          {following !== null ? (
            <LoaderCircle aria-hidden="true" className="size-4 animate-spin" />
          ) : (
            <Plus aria-hidden="true" className="size-4" />
          )}
          Follow
        </button>
      </div>
      <p className="text-sm text-muted">
        What can be followed looks like{' '}
        {examples.map((example, index) => (
          <span key={example}>
            {index > 0 && (index === examples.length - 1 ? ' or ' : ', ')}
            <code className="rounded-sm bg-inset px-1 text-xs text-ink min-[23rem]:whitespace-nowrap">
              {example}
            </code>
          </span>
        ))}
        . On a company’s own site, open a job or its “Apply” button to find it.
      </p>
    </Form>
  );
}
