/** How runs end, in the order in which a bar is built up. */
export const outcomes = ['success', 'partial', 'failed', 'cancelled'] as const;

/** A fill for each ending, told apart without colour: plain, stripes, a grid, and nothing. */
export function OutcomePatterns({ id }: { id: string }) {
  const square = { width: 6, height: 6, patternUnits: 'userSpaceOnUse' } as const;
  return (
    <defs>
      <pattern id={`${id}-success`} {...square}>
        <rect width={6} height={6} fill="var(--color-good)" />
      </pattern>
      <pattern id={`${id}-partial`} {...square} patternTransform="rotate(45)">
        <rect width={6} height={6} fill="var(--color-warn-soft)" />
        <rect width={2.5} height={6} fill="var(--color-warn)" />
      </pattern>
      <pattern id={`${id}-failed`} {...square}>
        <rect width={6} height={6} fill="var(--color-bad-soft)" />
        <rect width={2} height={6} fill="var(--color-bad)" />
        <rect width={6} height={2} fill="var(--color-bad)" />
      </pattern>
      <pattern id={`${id}-cancelled`} {...square}>
        <rect width={6} height={6} fill="var(--color-surface)" />
      </pattern>
    </defs>
  );
}
