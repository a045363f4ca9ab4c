import { Download } from 'lucide-react';

/** The same list as files: for a spreadsheet, and for programs. */
export function DownloadLinks({ path, what }: { path: (format: 'csv' | 'json') => string; what: string }) {
  return (
    <p className="flex flex-wrap items-center gap-x-3 text-sm text-muted">
      <span className="inline-flex items-center gap-1.5">
        <Download aria-hidden="true" className="size-4" />
        Download {what}:
      </span>
      {(['csv', 'json'] as const).map((format) => (
        <a
          key={format}
          href={path(format)}
          download
          className="link inline-flex min-h-10 items-center"
          title={format === 'csv' ? 'For a spreadsheet' : 'For a program'}
        >
          {format.toUpperCase()}
          <span className="sr-only"> of {what}</span>
        </a>
      ))}
    </p>
  );
}
