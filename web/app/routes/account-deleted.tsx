import { Link, type MetaFunction } from '@remix-run/react';
import { AccountPage } from '../components/account-page.js';

export const meta: MetaFunction = () => [{ title: 'Your account is deleted · Searching The Fox' }];

export default function AccountDeleted() {
  return (
    <AccountPage
      title="Your account is deleted"
      lead="What was kept of you is gone. A mail that was on its way at that moment may still arrive."
      aside={
        <Link to="/" className="link font-semibold">
          To the start page
        </Link>
      }
    >
      <p>Thank you for searching with the fox.</p>
    </AccountPage>
  );
}
