import type { Posting } from '../../../domain/posting.js';

/** An address, as its parts are asked about. */
interface Address {
  /** In lower case, without `www.`. */
  host: string;
  /** Not empty ones, decoded no further than the address is. */
  segments: string[];
  query: URLSearchParams;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const greenhouseId = /^\d{6,13}$/;
const workableCode = /^[0-9A-F]{10}$/i;
const smartRecruitersId = /^(\d{12,18})(?:-|$)/;
/** `Application-Engineer-II_R36507`, `Software-Engineer-I_10099376`, `Associate_JR244479-1`. */
const workdayRequisition = /_((?=[^_]*\d{3})[A-Z]{0,12}-?[\d-]{3,20})$/i;

/**
 * What a posting's number is on the systems that employers hire with, each as its own addresses have it. Numbers are
 * the system's, not the employer's, but where the name says so.
 */
const systems: Record<string, (address: Address) => string | undefined> = {
  greenhouse({ host, segments, query }) {
    const embedded = query.get('gh_jid');
    if (embedded) return matched(embedded, greenhouseId);
    if (!/^(?:boards|job-boards|boards-api|api)(?:\.eu)?\.greenhouse\.io$/.test(host)) return undefined;
    return matched(after(segments, 'jobs') ?? query.get('token'), greenhouseId);
  },
  lever({ host, segments }) {
    return /^(?:jobs|api)(?:\.eu)?\.lever\.co$/.test(host) ? segments.find((s) => uuid.test(s)) : undefined;
  },
  ashby({ host, segments, query }) {
    const embedded = query.get('ashby_jid');
    if (embedded) return matched(embedded, uuid);
    return host === 'jobs.ashbyhq.com' ? segments.find((s) => uuid.test(s)) : undefined;
  },
  workable({ host, segments }) {
    return host === 'apply.workable.com'
      ? matched(after(segments, 'j'), workableCode)?.toUpperCase()
      : undefined;
  },
  smartrecruiters({ host, segments }) {
    if (host === 'jobs.smartrecruiters.com') return matched(segments[1], smartRecruitersId);
    return host === 'api.smartrecruiters.com'
      ? matched(after(segments, 'postings'), smartRecruitersId)
      : undefined;
  },
  /** By the employer and the posting's name. */
  recruitee({ host, segments }) {
    const [, employer] = /^([a-z0-9-]+)\.recruitee\.com$/.exec(host) ?? [];
    const name = after(segments, 'o');
    return employer && name ? `${employer}/${name.toLowerCase()}` : undefined;
  },
  jobvite({ host, segments }) {
    return host === 'jobs.jobvite.com' ? matched(after(segments, 'job'), /^[A-Za-z0-9]{8,10}$/) : undefined;
  },
  /** By the employer's requisition: the language and the place in the path differ from link to link. */
  workday({ host, segments }) {
    const [, employer] = /^([a-z0-9-]+)(?:\.wd\d+)?\.myworkdayjobs\.com$/.exec(host) ?? [];
    const requisition = segments.map((s) => matched(s, workdayRequisition)).find(Boolean);
    return employer && requisition ? `${employer}/${requisition.toUpperCase()}` : undefined;
  },
};

/** Boards whose own id of a posting is the system's number. */
const numberedByThemselves = ['greenhouse', 'lever', 'ashby', 'workable', 'smartrecruiters'];

/**
 * What tells a posting on other boards: its number on the system that the employer hires with, or else the address
 * without what does not tell jobs apart. An address that stands for many jobs (a careers page) gives none.
 */
export function identityKeys({
  board,
  boardPostingId,
  url,
  applyUrl,
}: Pick<Posting, 'board' | 'boardPostingId' | 'url' | 'applyUrl'>): string[] {
  const keys = [url, applyUrl].map((address) => address && keyOf(address));
  if (numberedByThemselves.includes(board)) keys.push(`${board}:${boardPostingId}`);
  return [...new Set(keys)].filter((key): key is string => !!key && /^\S{1,500}$/.test(key));
}

function keyOf(text: string): string | undefined {
  const url = new URL(text);
  const address: Address = {
    host: url.hostname.toLowerCase().replace(/^www\./, ''),
    segments: url.pathname.split('/').filter(Boolean),
    query: url.searchParams,
  };
  for (const [system, numberIn] of Object.entries(systems)) {
    const number = numberIn(address);
    if (number) return `${system}:${number}`;
  }
  return addressKey(address, url.hash);
}

/** Parameters that say where somebody came from. */
const origins =
  /^(?:utm_.*|ref|refid|referer|referrer|source|src|gh_src|lever-source.*|lever-origin|trk|trackingid|fbclid|gclid|msclkid|mc_[ce]id|_hs.*)$/i;
/** A path that ends so is the way to apply to what stands before it. */
const waysToApply = /^(?:apply|application)$/i;
/** A path that ends so is a list of jobs, not a job. */
const lists =
  /^(?:about|about-us|career|careers|company|current-openings|home|index(?:\.\w+)?|job|job-board|job-openings|jobs|join|join-us|open-positions|open-roles|openings|opportunities|positions|roles|search|team|vacancies|work-with-us|[a-z]{2}(?:[-_][a-z]{2})?)$/i;

function addressKey({ host, segments, query }: Address, hash: string): string | undefined {
  const path = [...segments];
  while (waysToApply.test(path.at(-1) ?? '')) path.pop();
  const told = new URLSearchParams([...query].filter(([name]) => !origins.test(name)));
  told.sort();
  // Where several jobs stand in one comment, and where the page is one program and its fragment the way within.
  const fragment = host === 'news.ycombinator.com' || /^#[/!]/.test(hash) ? hash : '';
  const numbered = told.size > 0 || fragment !== '' || path.some((segment) => /\d{3}/.test(segment));
  if (!numbered && lists.test(path.at(-1) ?? 'home')) return undefined;
  return `url:${[host, ...path].join('/')}${told.size > 0 ? `?${told}` : ''}${fragment}`;
}

const after = (segments: string[], name: string) => segments[segments.indexOf(name) + 1 || segments.length];

/** The part of a text that a pattern captures, or all that it matches. */
function matched(text: string | null | undefined, pattern: RegExp): string | undefined {
  const found = pattern.exec(text ?? '');
  return found?.[1] ?? found?.[0];
}
