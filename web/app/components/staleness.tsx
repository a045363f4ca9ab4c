import { WifiOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { duration } from '../format/time.js';
import type { Connection } from '../live/keep-open.js';

/** Says so when what is shown may be old, and how old. */
export function Staleness({ connection }: { connection: Connection }) {
  if (connection.state !== 'reconnecting') return null;
  return (
    <p role="status" className="flex items-center gap-2 text-sm text-warn" data-stale>
      <WifiOff aria-hidden="true" className="size-4 shrink-0" />
      <span>
        Reconnecting. <Age since={connection.heardAt} />
      </span>
    </p>
  );
}

/** Both moments are the device's own, so that a wrong clock does not show. */
function Age({ since }: { since: number }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  // Told once by a screen reader, and not each second.
  return <span aria-live="off">Updated {duration(now - since)} ago.</span>;
}
