import postgres from 'postgres';
import { launchBrowser } from '../local/testing/browser.js';
import { startTestStack } from '../local/testing/stack.js';
import { waitFor } from '../local/testing/wait-for.js';
import { type Comparison, quantile } from './figures.js';

const changes = 200;

/** From a row's change to the event in a real browser on the site, over a bare LISTEN, of the same changes. */
export async function liveStatus(): Promise<Comparison> {
  const stack = await startTestStack({ temporal: true });
  const browser = await launchBrowser();
  const listener = postgres(stack.listenerUrl, { max: 1 });
  try {
    const api = await stack.startProcess('api', { REQUESTS_PER_MINUTE: '1000000', LOG_LEVEL: 'warn' });
    const web = await stack.startProcess('web', { API_URL: api.url });
    const person = await stack.createUser();
    const { data } = await person.client.rpc('create_search_run', {
      p_parameters: { title: 'react developer', boards: ['jobicy'] },
    });
    const id: string = data.id;

    const page = await browser.newPage();
    await page.goto(`${web.url}/sign-in`);
    await page.getByLabel('Email').fill(person.email);
    await page.getByLabel('Password').fill(person.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${web.url}/`);
    // A page of the site that listens to nothing else.
    await page.goto(`${web.url}/favicon.svg`);
    await page.evaluate((address) => {
      const seen: Record<number, number> = {};
      Object.assign(window, { seen });
      new EventSource(address).addEventListener('run', (event) => {
        seen[Number((event as MessageEvent).lastEventId)] = performance.timeOrigin + performance.now();
      });
    }, `/runs/${id}/events`);
    const inBrowser = () => page.evaluate(() => (window as unknown as { seen: Record<number, number> }).seen);
    await waitFor(async () => Object.keys(await inBrowser()).length > 0, { what: 'the stream to be open' });

    const listened: Record<number, number> = {};
    await listener.listen('search_run_changed', (payload) => {
      listened[JSON.parse(payload).revision] = now();
    });

    const changedAt: Record<number, number> = {};
    for (let change = 0; change < changes; change += 1) {
      const at = now();
      const [row] =
        await stack.sql`update search_runs set updated_at = now() where id = ${id} returning revision`;
      const revision = Number(row?.revision);
      changedAt[revision] = at;
      await waitFor(async () => listened[revision] && (await inBrowser())[revision], {
        what: `revision ${revision} to arrive`,
        intervalMs: 20,
      });
    }
    const seen = await inBrowser();
    const delays = (arrived: Record<number, number>) =>
      Object.entries(changedAt).map(([revision, at]) => (arrived[Number(revision)] ?? Number.NaN) - at);
    return {
      what: 'row change to browser event, p95',
      unit: 'ms',
      ours: quantile(delays(seen), 0.95),
      bare: quantile(delays(listened), 0.95),
      over: '`LISTEN` alone',
    };
  } finally {
    await listener.end({ timeout: 1 });
    await browser.close();
    await stack.stop();
  }
}

const now = () => performance.timeOrigin + performance.now();
