/** The project's fox. Decorative: the name stands beside it or on the link around it. */
export function Fox({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden="true" focusable="false">
      <path fill="#d9541a" d="M3 3.5 12 9.4h8L29 3.5l.6 13.3L16 29.5 2.4 16.8z" />
      <path fill="#fff3ea" d="m2.4 16.8 7.8.6L16 29.5zm27.2 0-7.8.6L16 29.5z" />
      <path fill="#3a1a08" d="M5.6 7.2 9 9.6 5.4 13zm20.8 0L23 9.6l3.6 3.4z" />
      <circle cx="11.4" cy="16.4" r="1.5" fill="#2a1408" />
      <circle cx="20.6" cy="16.4" r="1.5" fill="#2a1408" />
      <path fill="#2a1408" d="M13.6 26.4h4.8L16 29.5z" />
    </svg>
  );
}
