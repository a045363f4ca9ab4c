import type { ReactNode } from 'react';
import type { Board } from '../api/types.js';

/** `nofollow` unless the board's terms ask for a link that search engines follow. */
const relOf = (attribution: Board['attribution']) =>
  attribution.followLink ? 'noopener' : 'noopener nofollow';

/** The link back to a board that its terms ask for; `href` leads to one of its postings instead. */
export function AttributionLink({
  attribution,
  href = attribution.url,
  children,
  ...others
}: {
  attribution: Board['attribution'];
  href?: string;
  children: ReactNode;
  className?: string;
}) {
  return (
    <a className="link" {...others} href={href} rel={relOf(attribution)} target="_blank">
      {children}
    </a>
  );
}
