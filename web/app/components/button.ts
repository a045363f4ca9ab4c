import clsx from 'clsx';

const kinds = {
  primary:
    'border-transparent bg-accent-fill text-on-accent hover:bg-accent-fill-hover disabled:bg-inset disabled:text-muted',
  secondary: 'border-edge bg-surface text-ink hover:bg-inset disabled:text-muted',
  quiet: 'border-transparent text-accent hover:bg-accent-soft',
  danger: 'border-bad bg-surface text-bad hover:bg-bad-soft disabled:text-muted',
} as const;

/** The look of a button, for buttons and for links that act like one. Targets are at least 40 px high. */
export const button = (kind: keyof typeof kinds = 'secondary', className?: string) =>
  clsx(
    'inline-flex min-h-10 items-center justify-center gap-2 rounded-md border px-4 py-1.5 text-sm font-semibold no-underline transition-colors',
    kinds[kind],
    className,
  );
