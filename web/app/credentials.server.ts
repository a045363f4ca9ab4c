import { redirect } from '@remix-run/node';
import { z } from 'zod';
import { timeZoneSchema } from '../../domain/schedule.js';
import { apiClient, attempt } from './api/client.server.js';
import { problemSentence } from './api/problems.js';
import { safeRedirect } from './redirects.js';
import { signedInCookie } from './session.server.js';

/** What is wrong with what was entered, as sentences by field; `entered` fills the form again. */
export interface CredentialsProblem {
  form?: string;
  email?: string;
  password?: string;
  /** The account is to be confirmed, or is there already: which of the two is not told. */
  confirm?: boolean;
  entered: string;
}

const credentials = z.object({
  email: z
    .string()
    .trim()
    .min(1, 'Enter your email address.')
    .max(254, 'This address is too long.')
    .pipe(z.email('This does not look like an email address, such as name@example.com.')),
  password: z
    .string()
    .min(8, 'A password has at least 8 characters.')
    .max(72, 'A password has at most 72 characters.'),
});

/** Signs in or up with the posted form. @returns what to correct; throws the redirect when it worked. */
export async function enter(
  request: Request,
  path: '/auth/sign-in' | '/auth/sign-up',
): Promise<CredentialsProblem> {
  const form = await request.formData();
  const entered = String(form.get('email') ?? '');
  const read = credentials.safeParse({ email: entered, password: String(form.get('password') ?? '') });
  if (!read.success) {
    const { fieldErrors } = z.flattenError(read.error);
    return { email: fieldErrors.email?.[0], password: fieldErrors.password?.[0], entered };
  }
  const api = apiClient(request);
  if (path === '/auth/sign-up') {
    // The browser's, where it has scripts. One that nobody here knows keeps nobody from signing up.
    const timeZone = timeZoneSchema.safeParse(form.get('timeZone')).data;
    const made = await attempt(api.POST(path, { body: { ...read.data, timeZone } }));
    if (!made.ok) return { form: problemSentence(made.problem), entered };
  }
  const outcome = await attempt(api.POST('/auth/sign-in', { body: read.data }));
  if (outcome.ok) {
    throw redirect(safeRedirect(new URL(request.url).searchParams.get('to')), {
      headers: { 'Set-Cookie': await signedInCookie(request, outcome.data) },
    });
  }
  const { problem } = outcome;
  const sentence = problemSentence(problem);
  if (problem.type.endsWith('/wrong-credentials')) {
    return path === '/auth/sign-up' ? { confirm: true, entered } : { password: sentence, entered };
  }
  return { form: sentence, entered };
}
