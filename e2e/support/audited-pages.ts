import type { AuditedPage } from './lighthouse.js';
import { addPast } from './past-runs.js';
import type { Site } from './site.js';

/** A page that Lighthouse looks at, and as whom. */
export type NamedPage = Pick<AuditedPage, 'url' | 'cookie'> & { name: string };

/**
 * The pages that people see most, with a search that has ended and one that goes on until the site is stopped.
 * The person's searches and what they found are the sample boards'.
 */
export async function pagesToAudit(site: Site): Promise<NamedPage[]> {
  const device = await site.device();
  const person = await device.signUp();
  const ended = await device.search('developer', { boards: ['remotive', 'arbeitnow', 'jobicy'] });
  await site.runEnded(ended);
  await site.hold('remotive');
  const live = await device.search('engineer', { boards: ['remotive', 'arbeitnow'] });
  await device.page.locator('[data-posting]').first().waitFor();
  const cookies = await device.context.cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  await device.close();
  // As many as a page of the history shows; while a page was open, it would have told of each.
  await addPast(site, person, 20);
  return [
    { name: 'first page', url: `${site.url}/` },
    { name: 'sign in', url: `${site.url}/sign-in` },
    { name: 'home, signed in', url: `${site.url}/`, cookie },
    { name: 'run under way', url: `${site.url}/runs/${live}`, cookie },
    { name: 'run ended, its results', url: `${site.url}/runs/${ended}`, cookie },
    { name: 'history', url: `${site.url}/history`, cookie },
  ];
}
