// One file: one mark’s life, by itself, merged, and kept from being purged.
import postgres from 'postgres';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { waitFor } from '../../local/testing/wait-for.js';
import { addPerson, addRunIn, asPerson, posting, recordPage, refusal, search } from './fixtures.js';

let stack: TestStack;
let sql: postgres.Sql;
let me: string;

beforeAll(async () => {
  stack = await startTestStack({ supabase: false });
  sql = stack.sql;
});
afterAll(() => stack?.stop());
beforeEach(async () => {
  me = await addPerson(sql);
  await sql`truncate postings cascade`;
});

interface Mark {
  posting_id: string;
  saved_at: string | null;
  hidden_at: string | null;
  applied_on: string | null;
  note: string | null;
}
const mark = (id: string, kind: string, on: string | null = null, note: string | null = null, who = me) =>
  asPerson(sql, who, async (my): Promise<Mark> => {
    const [row] = await my`select mark_job(${id}, ${kind}, ${on}::date, ${note}) as mark`;
    return row?.mark;
  });
const unmark = (id: string, kind: string, who = me) =>
  asPerson(sql, who, (my) => my`select unmark_job(${id}, ${kind})`);
const note = (id: string, words: string, who = me) =>
  asPerson(
    sql,
    who,
    async (my): Promise<Mark> => (await my`select note_job(${id}, ${words}) as mark`)[0]?.mark,
  );
const marks = async (who = me): Promise<Mark[]> =>
  asPerson(sql, who, (my) => my<Mark[]>`select *, applied_on::text from job_marks order by created_at`);

/** Records postings of these titles, each of a company of its own, and returns their ids in that order. */
async function add(...titles: string[]): Promise<string[]> {
  await recordPage(
    sql,
    'remotive',
    titles.map((title) => posting({ title, boardPostingId: title, company: `Company of ${title}` })),
  );
  const rows = await sql`select id, title from postings where title = any (${titles})`;
  return titles.map((title) => rows.find((row) => row.title === title)?.id);
}
const today = async () => (await sql`select current_date::text as day`)[0]?.day;

describe('marking', () => {
  test('saved, hidden and applied stand beside each other; marking again keeps the first time', async () => {
    const [job = ''] = await add('Baker');
    const first = await mark(job, 'saved');
    expect(first).toMatchObject({ posting_id: job, hidden_at: null, applied_on: null, note: null });
    expect(await mark(job, 'saved')).toMatchObject({ saved_at: first.saved_at });
    expect(await mark(job, 'hidden')).toMatchObject({
      saved_at: first.saved_at,
      hidden_at: expect.any(String),
    });
    expect(await mark(job, 'applied')).toMatchObject({ saved_at: first.saved_at, applied_on: await today() });

    await unmark(job, 'hidden');
    expect(await marks()).toMatchObject([
      { hidden_at: null, saved_at: expect.anything(), applied_on: await today() },
    ]);
    await unmark(job, 'saved');
    await unmark(job, 'applied');
    await unmark(job, 'applied');
    expect(await marks()).toEqual([]);
  });

  test('of applying, the day and the note are what was given last', async () => {
    const [job = ''] = await add('Baker');
    expect(await mark(job, 'applied', '2026-01-31', '  Sent by post. ')).toMatchObject({
      applied_on: '2026-01-31',
      note: 'Sent by post.',
    });
    expect(await mark(job, 'applied')).toMatchObject({ applied_on: '2026-01-31', note: 'Sent by post.' });
    expect(await mark(job, 'applied', '2026-02-01')).toMatchObject({ applied_on: '2026-02-01' });
    expect(await mark(job, 'applied', null, ' ')).toMatchObject({ applied_on: '2026-02-01', note: null });
  });

  test('a note outlives its mark, and is there again', async () => {
    const [job = ''] = await add('Baker');
    expect(await refusal(note(job, 'x'))).toMatchObject({ code: 'PT404', message: 'mark_not_found' });
    await mark(job, 'saved');
    expect(await note(job, ' Ask Ada ')).toMatchObject({ note: 'Ask Ada' });
    await unmark(job, 'saved');
    expect(await mark(job, 'saved')).toMatchObject({ note: 'Ask Ada' });
    expect(await note(job, '')).toMatchObject({ note: null });
  });

  test('what is no mark, no day or no posting is refused', async () => {
    const [job = ''] = await add('Baker');
    for (const [kind, on, words] of [
      ['liked', null, null],
      ['applied', '2999-01-01', null],
      ['applied', null, 'x'.repeat(2_001)],
    ] as const)
      expect((await refusal(mark(job, kind, on, words))).code).toBe('22023');
    expect((await refusal(mark(job, 'applied', '1999-12-31'))).code).toBe('23514');
    expect((await refusal(mark(me, 'saved'))).message).toBe('posting_not_found');
    await mark(job, 'saved');
    expect((await refusal(note(job, 'x'.repeat(2_001)))).code).toBe('22023');
    expect(await marks()).toMatchObject([{ note: null }]);
  });

  test('a person has so many marks at most, also when they come at once', async () => {
    const jobs = await add('A', 'B', 'C', 'D', 'E', 'F');
    await sql`update service_limits set value = 3 where name = 'marked_jobs_per_user'`;
    const many = postgres(stack.databaseUrl, { max: 6, onnotice: () => undefined });
    try {
      const outcomes = await Promise.allSettled(
        jobs.map((job) => asPerson(many, me, (my) => my`select mark_job(${job}, 'saved')`)),
      );
      const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
      expect(refused.map(({ code, message, detail }) => [code, message, detail])).toEqual(
        Array(3).fill(['PT409', 'too_many_marked_jobs', '3']),
      );
      const held = await marks();
      expect(held).toHaveLength(3);
      // What is marked can still be marked otherwise.
      await mark(held[0]?.posting_id ?? '', 'hidden');
    } finally {
      await many.end({ timeout: 5 });
      await sql`update service_limits set value = 5000 where name = 'marked_jobs_per_user'`;
    }
  });

  test('is each person’s own, and goes with the person', async () => {
    const [job = ''] = await add('Baker');
    const other = await addPerson(sql);
    await mark(job, 'saved', null, null, other);
    await unmark(job, 'saved');
    expect((await refusal(note(job, 'mine'))).message).toBe('mark_not_found');
    expect(await marks()).toEqual([]);
    expect(await marks(other)).toHaveLength(1);
    await sql`delete from auth.users where id = ${other}`;
    expect(await sql`select from job_marks`).toHaveLength(0);
  });
});

describe('the list of marked jobs', () => {
  const list = (kind: string, after: { at?: string; posting_id?: string } = {}, limit = 2) =>
    asPerson(sql, me, async (my) => {
      const [row] =
        await my`select marked_jobs(${kind}, ${after.at ?? null}, ${after.posting_id ?? null}, ${limit}) as page`;
      return row?.page;
    });

  test('goes page by page, the last marked first, with how many there are of each', async () => {
    const jobs = await add('A', 'B', 'C');
    for (const job of jobs) await mark(job, 'saved');
    await mark(jobs[0] ?? '', 'hidden');
    const first = await list('saved');
    expect(first).toMatchObject({
      counts: { saved: 3, applied: 0, hidden: 1 },
      items: [
        { title: 'C', mark: { hidden_at: null } },
        { title: 'B', sources: [{ board: 'remotive' }] },
      ],
    });
    expect((await list('saved', first.items[1])).items).toMatchObject([{ title: 'A' }]);
    expect((await list('hidden')).items).toMatchObject([{ title: 'A' }]);
    expect((await list('applied')).items).toEqual([]);
  });

  test('orders applications by their day, and keeps apart those of one day', async () => {
    const jobs = await add('A', 'B', 'C');
    const days = ['2026-03-02', '2026-03-01', '2026-03-02'];
    for (const [n, job] of jobs.entries()) await mark(job, 'applied', days[n]);
    const first = await list('applied');
    const second = await list('applied', first.items[1]);
    const titles = [...first.items, ...second.items].map(({ title }) => title);
    expect(titles.slice(0, 2).sort()).toEqual(['A', 'C']);
    expect(titles[2]).toBe('B');
  });
});

describe('a job that somebody marked', () => {
  test('is kept when it is closed for long; the others go', async () => {
    const jobs = await add('Saved', 'Hidden', 'Applied', 'Noted', 'Nobody’s');
    for (const [n, kind] of ['saved', 'hidden', 'applied', 'saved'].entries())
      await mark(jobs[n] ?? '', kind);
    await note(jobs[3] ?? '', 'Later');
    await unmark(jobs[3] ?? '', 'saved');
    await sql`update postings set closed_at = now() - interval '1 year'`;
    expect((await sql`select purge_postings(90, 100) as gone`)[0]?.gone).toBe(1);
    expect((await sql`select title from postings order by title`).map(({ title }) => title)).toEqual([
      'Applied',
      'Hidden',
      'Noted',
      'Saved',
    ]);
    // Nobody can take it away by mistake either.
    expect((await refusal(sql`delete from postings where title = 'Saved'`)).code).toBe('23503');
  });

  test('that is being marked just now is left for another time', async () => {
    const [job = ''] = await add('Baker');
    await sql`update postings set closed_at = now() - interval '1 year'`;
    await sql.begin(async (marking) => {
      await marking`select from postings where id = ${job} for key share`;
      const [purged] = await sql`select purge_postings(90, 100) as gone`;
      expect(purged?.gone).toBe(0);
    });
  });
});

describe('two postings turn out to be one', () => {
  const merge = (into: string, ...others: string[]) => sql`select merge_postings(${into}, ${others})`;

  test('what people marked of either is of the one: every mark, the earlier time, both notes', async () => {
    const [into = '', second = '', third = ''] = await add('A', 'B', 'C');
    const [ada, ben] = [await addPerson(sql), await addPerson(sql)];
    await mark(into, 'applied', '2026-05-02', 'One', ada);
    await mark(second, 'applied', '2026-05-01', 'Two', ada);
    const { saved_at } = await mark(third, 'saved', null, 'One', ada);
    await mark(second, 'hidden', null, null, ben);
    await mark(third, 'saved', null, 'Ben’s', ben);

    await merge(into, second, third);
    expect(await marks(ada)).toMatchObject([
      {
        posting_id: into,
        applied_on: '2026-05-01',
        saved_at: new Date(saved_at ?? ''),
        hidden_at: null,
        note: 'One\n\nTwo',
      },
    ]);
    expect(await marks(ben)).toMatchObject([
      { posting_id: into, saved_at: expect.anything(), hidden_at: expect.anything(), note: 'Ben’s' },
    ]);
  });

  test('the first time that somebody saw it is the earlier one; nothing else changes such a time', async () => {
    const [into = '', other = ''] = await add('A', 'B');
    const [early, late] = ['2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z'];
    const ben = await addPerson(sql);
    for (const [who, id, at] of [
      [me, into, late],
      [me, other, early],
      [ben, into, early],
      [ben, other, late],
    ])
      await sql`insert into seen_postings (user_id, posting_id, first_seen_at) values (${who ?? ''}, ${id ?? ''}, ${at ?? ''})`;
    await merge(into, other);
    const seen = await sql`select posting_id, first_seen_at from seen_postings`;
    expect(seen).toEqual([
      { posting_id: into, first_seen_at: new Date(early) },
      { posting_id: into, first_seen_at: new Date(early) },
    ]);
    for (const at of [late, '2025-01-01T00:00:00Z'])
      expect((await refusal(sql`update seen_postings set first_seen_at = ${at}`)).message).toBe(
        'first_seen_is_settled',
      );
    await sql`insert into seen_postings (user_id, posting_id) values (${me}, ${into}) on conflict do nothing`;
    expect(await sql`select posting_id, first_seen_at from seen_postings`).toEqual(seen);
  });

  test('while one of them is being marked, or found by a run: both wait in one order, and nothing is lost', async () => {
    const [into = '', other = ''] = await add('Baker of bread', 'Baker of cakes');
    const run = await addRunIn('running', sql, me, search({ title: 'baker' }));
    const many = postgres(stack.databaseUrl, { max: 3, onnotice: () => undefined });
    try {
      let merging: Promise<unknown> = Promise.resolve();
      let marking: Promise<unknown> = Promise.resolve();
      let matching: Promise<unknown> = Promise.resolve();
      const waiting = (count: number) =>
        waitFor(
          async () =>
            (
              await sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
            ).length === count,
          { what: `${count} to wait` },
        );
      await sql.begin(async (holder) => {
        await holder`select from postings where id in (${into}, ${other}) for update`;
        merging = many`select merge_postings(${into}, ${[other]})`.execute();
        await waiting(1);
        // The run's row is held while it is matched, as its steps do.
        matching = many.begin(async (step) => {
          await step`select from search_runs where id = ${run.id} for update`;
          await step`select match_run_boards(${run.id}, '{remotive}')`;
        });
        await waiting(2);
        marking = asPerson(many, me, (my) => my`select mark_job(${into}, 'saved')`);
        await waiting(3);
      });
      await Promise.all([merging, marking, matching]);
    } finally {
      await many.end({ timeout: 5 });
    }
    expect(await marks()).toMatchObject([{ posting_id: into }]);
    expect(await sql`select posting_id from search_run_results`).toEqual([{ posting_id: into }]);
  });
});
