import type { FetchJson } from './board.js';
import { read } from './testing/read.js';

/** What "Who is hiring?" has been seen to hold, one test a trap. */

const story = (objectID: string, title: string) => ({ objectID, title });
const hiring = story('3', 'Ask HN: Who is hiring? (November 2026)');
const comment = (id: number, text: string | null) => ({ id, text, created_at: '2026-11-02T15:00:00.000Z' });

const reading = (children: unknown[], hits: unknown[] = [hiring]) => {
  const asked: string[] = [];
  const answer: FetchJson = async ({ url }) => {
    asked.push(new URL(url).pathname);
    return url.includes('search_by_date') ? { hits } : { id: 3, title: hiring.title, children };
  };
  return { asked, page: read('hn', answer) };
};

test('the newest of the threads that hire is read, and no other by the same account', async () => {
  const { asked, page } = reading(
    [],
    [
      story('9', 'Ask HN: Who wants to be hired? (November 2026)'),
      story('8', 'Ask HN: Freelancer? Seeking freelancer? (November 2026)'),
      hiring,
      story('2', 'Ask HN: Who is hiring? (October 2026)'),
    ],
  );
  await page;
  expect(asked).toEqual(['/api/v1/search_by_date', '/api/v1/items/3']);
});

test('no thread is a bad answer', async () => {
  const { asked, page } = reading([], [story('9', 'Ask HN: Who wants to be hired?')]);
  await expect(page).rejects.toMatchObject({ errorClass: 'bad_response' });
  expect(asked).toHaveLength(1);
});

test('a thread’s number is not put into an address unread', async () => {
  const { page } = reading([], [story('3/../../evil', hiring.title)]);
  await expect(page).rejects.toMatchObject({ errorClass: 'bad_response' });
});

test('deleted comments, remarks and answers to comments are no postings, and not broken', async () => {
  const answered = {
    ...comment(2, 'Acme | Engineer | Oslo'),
    children: [comment(3, 'Acme | Designer | Oslo')],
  };
  const { page } = reading([comment(1, null), comment(4, 'Please read the rules.'), answered]);
  expect(await page).toMatchObject({ postings: [{ boardPostingId: '2' }], skipped: 0, nextCursor: null });
});

test('a comment may offer several jobs: each is one, with an address of its own', async () => {
  const text = 'Acme | Backend Engineer, C++ Developer | Oslo, Norway | REMOTE<p>Mail jobs@acme.example';
  const { postings } = await reading([comment(7, text)]).page;
  expect(postings).toMatchObject([
    {
      boardPostingId: '7-backend-engineer',
      url: 'https://news.ycombinator.com/item?id=7#backend-engineer',
      title: 'Backend Engineer',
      country: 'NO',
    },
    { boardPostingId: '7-c++-developer', title: 'C++ Developer' },
  ]);
  for (const { descriptionText } of postings) expect(descriptionText).not.toContain('@');
});
