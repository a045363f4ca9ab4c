import { setTimeout as sleep } from 'node:timers/promises';
import { base, en, Faker } from '@faker-js/faker';
import type { TestUser } from '../local/testing/test-user.js';
import { Browsing } from './browsing.js';
import type { Measurements } from './measurements.js';

/** What people look for; a number after some makes them searches that nobody had before. */
const titles = [
  'engineer',
  'designer',
  'react developer',
  'product manager',
  'data scientist',
  'nurse',
  'writer',
  'sales manager',
];
/** Those that need no key. */
export const boards = [
  'remotive',
  'arbeitnow',
  'remoteok',
  'jobicy',
  'himalayas',
  'themuse',
  'greenhouse',
  'lever',
  'ashby',
];
const places = ['', '', 'London', 'Berlin', 'Remote'];
/** One search of so many is cancelled while it goes on. */
const cancelledShare = 0.1;
const mostResultPages = 3;
const userAgent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36';
/** A search that takes longer than this is an error, in milliseconds. */
const longestSearchMs = 120_000;

export interface Plan {
  siteUrl: string;
  seed: number;
  number: number;
  /** A person looks at what came for so long on average before they do the next thing, in milliseconds. */
  thinkMs: number;
  /** No search is begun after this, in milliseconds since 1970. */
  until: number;
}

/**
 * One person: signs in, and then again and again searches, watches the search live, pages through what was found and
 * looks at the history; now and then cancels. What goes wrong is counted, and the person goes on.
 */
export async function live(
  user: Pick<TestUser, 'email' | 'password'>,
  plan: Plan,
  measured: Measurements,
): Promise<void> {
  const chance = new Faker({ locale: [en, base], seed: plan.seed * 100_003 + plan.number });
  const browsing = new Browsing(plan.siteUrl, measured, userAgent);
  // Half to one and a half of the average.
  const think = () => sleep(plan.thinkMs * (0.5 + chance.number.float()));

  // People do not come all at once.
  await sleep(plan.thinkMs * 2 * chance.number.float());
  await goOn(() => signIn(browsing, user));
  while (Date.now() < plan.until) {
    await goOn(() => searchOnce(browsing, chance, think, measured));
    await think();
  }
}

/** An error is in the figures already. */
async function goOn(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch {
    await sleep(1_000);
  }
}

async function signIn(
  browsing: Browsing,
  { email, password }: Pick<TestUser, 'email' | 'password'>,
): Promise<void> {
  await browsing.open('first page', '/');
  await browsing.open('sign-in page', '/sign-in');
  await browsing.post('sign in', '/sign-in', { email, password });
}

async function searchOnce(
  browsing: Browsing,
  chance: Faker,
  think: () => Promise<void>,
  measured: Measurements,
): Promise<void> {
  await browsing.open('home', '/');
  await think();

  const begun = performance.now();
  const runPath = await browsing.post('search: accepted', '/?index', {
    intent: 'search',
    title: chance.helpers.arrayElement(titles),
    place: chance.helpers.arrayElement(places),
    boards: chance.helpers.arrayElements(boards, { min: 2, max: boards.length }),
    ...(chance.datatype.boolean() ? { maxAgeDays: '30' } : {}),
  });
  const [path = runPath] = runPath.split('?');
  await browsing.open('run page', path);
  const watched = browsing.watch('run page: live until the end', `${path}/events`, longestSearchMs);
  // It is waited for below, after the cancel.
  watched.catch(() => undefined);
  if (chance.number.float() < cancelledShare) {
    await sleep(chance.number.int({ max: 300 }));
    await browsing.post('cancel', path, { intent: 'cancel' });
  }
  const { completedAt, seenAt, status } = await watched;
  const outcome = status === 'success' ? 'from the click to its end seen' : status;
  measured.took(`search: ${outcome}`, performance.now() - begun);
  if (completedAt)
    measured.took(
      'end of a search, from the database to the page',
      Math.max(0, seenAt - Date.parse(completedAt)),
    );

  await browsing.open('results page', path);
  let cursor: string | null = null;
  for (let page = 0; page < mostResultPages; page += 1) {
    const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const results: { nextCursor: string | null } = await browsing.json(
      'more results',
      `${path}/results?limit=20${query}`,
    );
    cursor = results.nextCursor;
    await think();
    if (cursor === null) break;
  }
  await browsing.open('history', '/history');
}
