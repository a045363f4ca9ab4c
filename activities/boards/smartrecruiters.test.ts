import type { BoardPage, FetchJson } from './board.js';
import { first, read } from './testing/read.js';

/** What SmartRecruiters has been seen to get wrong, one test a trap. */

const posting = {
  id: '744000151912444',
  name: 'Engineer',
  company: { identifier: 'Acme2', name: 'Acme' },
  visibility: 'PUBLIC',
};

test('a company that it does not know has an empty board, which is no error', async () => {
  expect(await read('smartrecruiters', { offset: 0, limit: 100, totalFound: 0, content: [] })).toEqual({
    postings: [],
    skipped: 0,
    nextCursor: null,
  });
});

test('a limit that is capped in silence loses nothing', async () => {
  const list = Array.from({ length: 130 }, (_, index) => ({ ...posting, id: `p-${index}` }));
  const asked: string[] = [];
  const capped: FetchJson = async ({ url }) => {
    const offset = Number(new URL(url).searchParams.get('offset'));
    asked.push(String(offset));
    return { offset, limit: 50, totalFound: list.length, content: list.slice(offset, offset + 50) };
  };
  const seen: string[] = [];
  let page: BoardPage;
  let cursor: string | null = null;
  do {
    page = await read('smartrecruiters', capped, cursor);
    seen.push(...page.postings.map(({ boardPostingId }) => boardPostingId));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(asked).toEqual(['0', '50', '100']);
  expect(seen).toEqual(list.map(({ id }) => id));
  expect(page.cutShort).toBeUndefined();
});

test('a list that ends before its total was not read to its end', async () => {
  const { nextCursor, cutShort } = await read('smartrecruiters', { totalFound: 310, content: [] });
  expect([nextCursor, cutShort]).toEqual([null, true]);
});

test('departments may be empty, countries are small, facts stand in place of a description', async () => {
  const given = {
    ...posting,
    department: {},
    function: { id: 'engineering', label: 'R&D <Core>' },
    typeOfEmployment: { label: 'Part-time' },
    location: { city: 'Paris', region: 'IDF', country: 'fr', remote: false, hybrid: true },
    customField: [{ fieldLabel: 'Recruiter', valueLabel: 'Jane Doe' }],
    creator: { name: 'Jane Doe' },
  };
  const read = await first('smartrecruiters', { totalFound: 1, content: [given] });
  expect(read).toMatchObject({
    url: 'https://jobs.smartrecruiters.com/Acme2/744000151912444',
    locations: ['Paris, IDF, FR'],
    country: 'FR',
    workMode: 'hybrid',
    employmentType: 'part_time',
    descriptionText: '- Function: R&D <Core>\n- Employment: Part-time',
    tags: ['R&D <Core>'],
  });
  expect(JSON.stringify(read)).not.toContain('Jane');
});

test('what is for insiders is not shown', async () => {
  const internal = { ...posting, visibility: 'INTERNAL' };
  expect(await read('smartrecruiters', { totalFound: 1, content: [internal] })).toMatchObject({
    postings: [],
    skipped: 0,
  });
});
