import postgres from 'postgres';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { addPerson, asPerson, posting, recordPage, refusal } from './fixtures.js';

interface Followed {
  board: string;
  token: string;
  name: string;
  state: string;
  error_class: string | null;
  open_postings: number;
  synced_at: string | null;
}

let stack: TestStack;
let sql: postgres.Sql;
let me: string;
let other: string;

beforeAll(async () => {
  stack = await startTestStack({ supabase: false });
  sql = stack.sql;
});
afterAll(() => stack?.stop());
beforeEach(async () => {
  me = await addPerson(sql);
  other = await addPerson(sql);
  await sql`truncate company_boards, source_syncs, postings cascade`;
  await sql`insert into company_boards values ('greenhouse', 'own', 'The Deployment’s Own')`;
});

const follow = async (who: string, token: string, board = 'greenhouse', using = sql): Promise<Followed> =>
  asPerson(
    using,
    who,
    async (my) => (await my`select follow_company(${board}, ${token}) as company`)[0]?.company,
  );
const unfollow = (who: string, token: string) =>
  asPerson(sql, who, (my) => my`delete from company_follows where token = ${token}`);
const followed = (who: string): Promise<Followed[]> =>
  asPerson(sql, who, (my) => my<Followed[]>`select * from followed_companies() order by token`);
const finish = (token: string, state: string, name: string | null = null, errorClass: string | null = null) =>
  sql`select finish_company_check('greenhouse', ${token}, ${state}, ${name}, ${errorClass}, 'why')`;
const synced = async () =>
  (await sql`select synced_companies('greenhouse') as token order by 1`).map(({ token }) => token);

test('a company that is not known is checked once, for everybody; its board tells its name', async () => {
  expect(await follow(me, 'acme-labs')).toMatchObject({
    name: 'Acme Labs',
    state: 'checking',
    open_postings: 0,
  });
  expect(await follow(other, 'acme-labs')).toMatchObject({ state: 'checking' });
  expect(await follow(me, 'acme-labs')).toMatchObject({ state: 'checking' });
  expect((await sql`select user_id from company_checks`).map(({ user_id }) => user_id)).toEqual([me]);
  expect(await synced()).toEqual(['own']);

  await finish('acme-labs', 'open', 'ACME Laboratories');
  const open = { name: 'ACME Laboratories', state: 'open', error_class: null };
  expect(await followed(me)).toMatchObject([open]);
  expect(await followed(other)).toMatchObject([open]);
  expect(await synced()).toEqual(['acme-labs', 'own']);
  // The first end stands.
  await finish('acme-labs', 'failed', null, 'timeout');
  expect(await followed(me)).toMatchObject([open]);
});

test('twenty people at once: one company, one check', async () => {
  const many = postgres(stack.databaseUrl, { max: 20, onnotice: () => undefined });
  try {
    const people = await Promise.all(Array.from({ length: 20 }, () => addPerson(sql)));
    const states = await Promise.all(
      people.map(async (who) => (await follow(who, 'acme', 'lever', many)).state),
    );
    expect(new Set(states)).toEqual(new Set(['checking']));
    expect((await sql`select from company_checks where user_id = any (${people})`).length).toBe(1);
    expect((await sql`select from company_follows`).length).toBe(20);
  } finally {
    await many.end({ timeout: 5 });
  }
});

test('the deployment’s own companies are open at once, and read whoever follows them', async () => {
  expect(await follow(me, 'own')).toMatchObject({ name: 'The Deployment’s Own', state: 'open' });
  await unfollow(me, 'own');
  expect(await followed(me)).toEqual([]);
  expect(await synced()).toEqual(['own']);
});

test('a company is read while somebody follows it', async () => {
  await follow(me, 'acme');
  await follow(other, 'acme');
  await finish('acme', 'open');
  const sources = async () =>
    (await sql`select source from board_sources('{}', 'greenhouse', 'company', 60) order by 1`).map(
      (s) => s.source,
    );
  await unfollow(me, 'acme');
  expect(await sources()).toEqual(['greenhouse/acme', 'greenhouse/own']);
  await unfollow(other, 'acme');
  expect(await sources()).toEqual(['greenhouse/own']);
  // It is known: following it again needs no check.
  expect(await follow(me, 'acme')).toMatchObject({ state: 'open' });
  expect(await sources()).toEqual(['greenhouse/acme', 'greenhouse/own']);
});

test('a check that failed says so, and is made again for who follows again', async () => {
  await follow(me, 'acme');
  await finish('acme', 'not_found', null, 'not_found');
  expect(await followed(me)).toMatchObject([{ state: 'not_found', error_class: 'not_found' }]);
  expect(await follow(me, 'acme')).toMatchObject({ state: 'checking', error_class: null });
  await finish('acme', 'failed', null, 'timeout');
  expect(await follow(other, 'acme')).toMatchObject({ state: 'checking' });
  await finish('acme', 'failed', null, 'timeout');
  // Nobody wants it: it is forgotten.
  await unfollow(me, 'acme');
  expect((await sql`select from company_boards where token = 'acme'`).length).toBe(1);
  await unfollow(other, 'acme');
  expect((await sql`select from company_boards where token = 'acme'`).length).toBe(0);
});

test('limits: companies of a person, new checks an hour', async () => {
  await sql`update service_limits set value = 2 where name in ('companies_per_user', 'company_checks_per_hour')`;
  await follow(me, 'one');
  await follow(me, 'own');
  expect(await refusal(follow(me, 'three'))).toMatchObject({
    code: 'PT409',
    message: 'too_many_companies',
    detail: '2',
  });
  expect(await follow(me, 'one')).toMatchObject({ token: 'one' });

  await unfollow(me, 'own');
  await unfollow(me, 'one');
  await follow(me, 'two');
  await unfollow(me, 'two');
  const refused = await refusal(follow(me, 'three'));
  expect(refused).toMatchObject({ code: 'PT429', message: 'too_many_company_checks', detail: '2' });
  expect(Number(refused.hint)).toBeGreaterThan(3_500);
  expect(Number(refused.hint)).toBeLessThanOrEqual(3_600);
  // What is known costs no check, and an hour later there are new ones.
  await follow(me, 'one');
  await sql`update company_checks set asked_at = now() - interval '61 minutes'`;
  expect(await follow(me, 'three')).toMatchObject({ state: 'checking' });
  await sql`update service_limits set value = 50 where name in ('companies_per_user', 'company_checks_per_hour')`;
});

test('a person sees and removes their own follows only', async () => {
  await follow(other, 'acme');
  expect(await followed(me)).toEqual([]);
  await unfollow(me, 'acme');
  expect(await followed(other)).toHaveLength(1);
  await sql`delete from auth.users where id = ${other}`;
  expect(await sql`select from company_follows`).toHaveLength(0);
});

test('its open postings, newest first, page by page; closed and expired ones are not counted', async () => {
  await follow(me, 'acme');
  await finish('acme', 'open');
  const days = [1, 2, 3, 4, 5].map((day) =>
    posting({
      board: 'greenhouse',
      companyToken: 'acme',
      title: `Engineer ${day}`,
      postedAt: `2026-11-0${day}T00:00:00.000Z`,
      url: `https://boards.greenhouse.io/acme/jobs/${day}`,
    }),
  );
  await recordPage(sql, 'greenhouse/acme', days);
  await recordPage(sql, 'greenhouse/own', [posting({ board: 'greenhouse', companyToken: 'own' })]);
  await sql`select close_source_postings('greenhouse/acme', ${[days[0]?.boardPostingId ?? '']})`;
  await sql`update postings set expires_at = now() - interval '1 day' where title = 'Engineer 2'`;
  expect(await followed(me)).toMatchObject([{ open_postings: 3 }]);

  const page = (after: { at?: string; posting_id?: string } = {}, hidden: boolean | null = null) =>
    asPerson(sql, me, async (my) => {
      const [row] = await my`select company_postings('greenhouse', 'acme', ${after.at ?? null},
        ${after.posting_id ?? null}, 2, ${hidden}) as page`;
      return row?.page;
    });
  const first = await page();
  expect(first).toMatchObject({ total: 3, items: [{ title: 'Engineer 5' }, { title: 'Engineer 4' }] });
  expect(first.items[0].sources).toMatchObject([{ board: 'greenhouse', attribution: { name: 'Remotive' } }]);
  expect(await page(first.items[1])).toMatchObject({ total: 3, items: [{ title: 'Engineer 3' }] });

  // With what the person marked; without what they hid, which is told apart.
  const [newest, second] = first.items;
  await asPerson(sql, me, async (my) => {
    await my`select mark_job(${newest.posting_id}, 'saved')`;
    await my`select mark_job(${second.posting_id}, 'hidden')`;
    await my`select hide_term('word', '3')`;
  });
  expect(await page()).toMatchObject({
    total: 1,
    hidden: 2,
    items: [{ title: 'Engineer 5', mark: { saved_at: expect.any(String) }, hidden_by: [] }],
  });
  expect(await page({}, true)).toMatchObject({
    total: 2,
    hidden: 2,
    items: [
      { title: 'Engineer 4', mark: { hidden_at: expect.any(String) }, hidden_by: [] },
      { title: 'Engineer 3', mark: null, hidden_by: [{ kind: 'word', text: '3' }] },
    ],
  });
});

test('followers are told of the check and of the first sync, and of no later one', async () => {
  const told: unknown[] = [];
  const listener = postgres(stack.databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    await listener.listen('company_changed', (payload) => told.push(JSON.parse(payload)));
    await follow(me, 'acme');
    await follow(other, 'acme');
    await finish('acme', 'open');
    for (let sync = 0; sync < 2; sync += 1) {
      await sql`select finish_source_sync('greenhouse/acme', 1, 0, 0, 0, false)`;
    }
    await sql`select finish_source_sync('greenhouse/own', 1, 0, 0, 0, false)`;
    await new Promise<void>((heard) => {
      void listener.listen('done', () => heard()).then(() => sql`notify done`);
    });
  } finally {
    await listener.end({ timeout: 5 });
  }
  const both = [me, other].map((user) => ({ company: 'greenhouse/acme', user }));
  expect(told).toHaveLength(4);
  expect(told).toEqual(expect.arrayContaining(both));
});

test('the reconciler is told of checks that were asked for a while ago', async () => {
  await follow(me, 'late');
  await sql`update company_boards set check_asked_at = now() - interval '1 minute' where token = 'late'`;
  await follow(me, 'new');
  expect(await sql`select * from companies_to_check(30, 10)`).toEqual([
    { board: 'greenhouse', token: 'late' },
  ]);
});
