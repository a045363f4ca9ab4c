import { Form, useNavigation } from '@remix-run/react';
import { LoaderCircle } from 'lucide-react';
import type { CredentialsProblem } from '../credentials.server.js';
import { useHydrated, useTimeZone } from '../live/use-server-clock.js';
import { button } from './button.js';
import { Field } from './field.js';
import { useFocusFirstError } from './focus-first-error.js';
import { Notice } from './notice.js';

/** Address and password, for signing in and up. */
export function CredentialsForm({
  purpose,
  problem,
}: {
  purpose: 'sign-in' | 'sign-up';
  problem?: CredentialsProblem;
}) {
  const form = useFocusFirstError(problem);
  const busy = useNavigation().state !== 'idle';
  const signUp = purpose === 'sign-up';
  return (
    // The browser's own bubbles would hide our sentences and say them only one at a time.
    <Form method="post" noValidate ref={form} className="grid gap-4">
      {problem?.form && (
        <Notice kind="bad" alert>
          {problem.form}
        </Notice>
      )}
      {problem?.confirm && (
        <Notice alert>
          If this address is new here, follow the link in the mail that we have sent to it, then sign in. If
          you have an account with it, sign in with its password.
        </Notice>
      )}
      {signUp && <BrowserZone />}
      <Field id="email" label="Email address" error={problem?.email}>
        {(control) => (
          <input
            {...control}
            name="email"
            type="email"
            autoComplete="email"
            required
            maxLength={254}
            defaultValue={problem?.entered}
          />
        )}
      </Field>
      <Field
        id="password"
        label="Password"
        hint={signUp ? 'At least 8 characters. A few words in a row are easy to keep in mind.' : undefined}
        error={problem?.password}
      >
        {(control) => (
          <input
            {...control}
            name="password"
            type="password"
            autoComplete={signUp ? 'new-password' : 'current-password'}
            required
            minLength={8}
            maxLength={72}
          />
        )}
      </Field>
      <button type="submit" disabled={busy} className={button('primary', 'min-h-12')}>
        {busy && <LoaderCircle aria-hidden="true" className="size-4 animate-spin" />}
        {signUp ? 'Create account' : 'Sign in'}
      </button>
    </Form>
  );
}

/** By whose clock the person lives, as far as the browser knows. Without scripts they choose it in their settings. */
function BrowserZone() {
  const zone = useTimeZone();
  return useHydrated() ? <input type="hidden" name="timeZone" value={zone} /> : null;
}
