import { type ComponentProps, useEffect, useState } from 'react';

interface ZoneSelectProps extends ComponentProps<'select'> {
  zones: string[];
  /** What was chosen before; without it the browser's zone is taken once it is known. */
  chosen: string | null;
  /** What stands there until then, and where there are no scripts. */
  fallback: string;
}

/** A choice of time zones. */
export function ZoneSelect({ zones, chosen, fallback, ...control }: ZoneSelectProps) {
  const [zone, setZone] = useState(chosen ?? fallback);
  useEffect(() => {
    if (chosen === null) setZone(Intl.DateTimeFormat().resolvedOptions().timeZone);
  }, [chosen]);
  // Browsers know zones by other names than the server does.
  const options = zones.includes(zone) ? zones : [zone, ...zones];
  return (
    <select {...control} value={zone} onChange={(event) => setZone(event.target.value)}>
      {options.map((each) => (
        <option key={each} value={each}>
          {each.replaceAll('_', ' ')}
        </option>
      ))}
    </select>
  );
}
