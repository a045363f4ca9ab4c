import type { ReactNode } from 'react';
import { Fox } from './logo.js';

/** The frame of the sign-in and sign-up pages. */
export function AccountPage({
  title,
  lead,
  children,
  aside,
}: {
  title: string;
  lead: string;
  children: ReactNode;
  aside: ReactNode;
}) {
  return (
    <main id="main" className="mx-auto max-w-md px-4 py-10 sm:py-16">
      <div className="card p-6 sm:p-8">
        <Fox className="mb-4 size-12" />
        <h1 className="text-xl font-bold">{title}</h1>
        <p className="mt-1 mb-6 text-muted">{lead}</p>
        {children}
      </div>
      <p className="mt-4 text-center text-sm text-muted">{aside}</p>
    </main>
  );
}
