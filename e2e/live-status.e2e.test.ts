import { type Site, startSite } from './support/site.js';

let site: Site;
beforeAll(async () => {
  site = await startSite({ LISTEN_SILENCE_SECONDS: '2' });
});
afterAll(() => site?.stop());
afterEach(async () => {
  await site.calm();
  expect(site.complaints()).toEqual([]);
});

/** Postgres lets the API listen no more, as when it cannot be reached; what the API reads comes another way. */
async function cutListening(): Promise<() => Promise<void>> {
  const { sql } = site.stack;
  const [row] = await sql`select current_database() as name`;
  const database = sql(row?.name);
  await sql`grant connect on database ${database} to authenticator`;
  await sql`revoke connect on database ${database} from public`;
  await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and usename = 'run_listener'`;
  return async () => {
    await sql`grant connect on database ${database} to public`;
  };
}

test('while the database is not heard the page says how old it is; then it shows what happened meanwhile', async () => {
  await site.hold('remotive');
  const device = await site.device();
  const { page } = device;
  await device.signUp();
  const id = await device.search('designer');
  await site.asked('remotive');
  await device.sees('running');

  const restore = await cutListening();
  await page.getByText(/^Reconnecting\. Updated .+ ago\.$/).waitFor();
  site.boards.control.release();
  await site.runEnded(id);
  await restore();
  await device.sees('success');
  await page.locator('[data-posting]').first().waitFor();
  await page.getByText('Reconnecting.').waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Search under way: designer' }).waitFor({ state: 'detached' });
  await device.close();
});

test('signing out in one tab signs the other tabs out; another device stays signed in, and live', async () => {
  await site.hold('remotive');
  const device = await site.device();
  const person = await device.signUp();
  const id = await device.search('welder', { boards: ['remotive'] });
  await site.asked('remotive');
  await device.sees('running');
  const [home, elsewhere] = [await device.context.newPage(), await site.device()];
  await home.goto('/');
  await home.getByRole('link', { name: 'Search under way: welder' }).waitFor();
  await elsewhere.signIn(person);
  await elsewhere.go(`/runs/${id}`);
  await elsewhere.sees('running');

  await home.getByRole('button', { name: 'Sign out' }).click();
  await home.getByRole('banner').getByRole('link', { name: 'Sign in' }).waitFor();
  await device.page.waitForURL(`/sign-in?to=${encodeURIComponent(`/runs/${id}`)}`);

  site.boards.control.release();
  await elsewhere.sees('success');
  await Promise.all([device.close(), elsewhere.close()]);
});
