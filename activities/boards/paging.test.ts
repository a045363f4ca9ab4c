import { countedPageAfter, countedPageAt, numberAt, pageAfter, readCursor } from './paging.js';

const page = { position: null, next: '2', length: 1, postings: [], maxPages: 3 };
const posting = { boardPostingId: 'a' } as Parameters<typeof pageAfter>[0]['postings'][number];

test('the list’s own end is where the board names no next page', () => {
  expect(pageAfter({ ...page, next: null })).toEqual({ nextCursor: null });
  expect(pageAfter({ ...page, next: null, length: 0 })).toEqual({ nextCursor: null });
});

test('a page goes on to the next, also when nothing on it could be read', () => {
  const { nextCursor, cutShort } = pageAfter(page);
  expect(cutShort).toBeUndefined();
  expect(numberAt(readCursor(nextCursor), 1)).toBe(2);
});

test.each([
  ['the cap', { position: { page: 2, at: '1', firstId: '' } }],
  ['a mark that repeats itself', { position: { page: 1, at: '2', firstId: '' } }],
  ['a posting that comes first again', { position: { page: 1, at: '1', firstId: 'a' }, postings: [posting] }],
  [
    'one that comes first again on the last page',
    { next: null, position: { page: 1, at: '1', firstId: 'a' }, postings: [posting] },
  ],
  ['an empty page before the end', { length: 0 }],
])('%s is an end for us alone', (_what, change) => {
  expect(pageAfter({ ...page, ...change })).toEqual({ nextCursor: null, cutShort: true });
});

test.each(['page 2', '-1', '1e3', '2/../3', ''])('"%s" is no number to ask for', (at) => {
  expect(() => numberAt({ page: 1, at, firstId: '' }, 1)).toThrow('not one of this board');
});

test('counted pages go on until everything has come, however few come at a time', () => {
  expect(countedPageAt(null)).toEqual({ number: 1, before: 0 });
  const at = countedPageAfter(null, { length: 7, total: 20 });
  expect(at).toBe('2 after 7');
  const position = { page: 1, at: at ?? '', firstId: '' };
  expect(countedPageAt(position)).toEqual({ number: 2, before: 7 });
  expect(countedPageAfter(position, { length: 12, total: 20 })).toBe('3 after 19');
  expect(countedPageAfter(position, { length: 13, total: 20 })).toBeNull();
  expect(countedPageAfter(position, { length: 0, total: 20 })).toBeNull();
});

test.each(['2', '2 after', ' after 7', '2 after 7 8'])('"%s" is no counted page', (at) => {
  expect(() => countedPageAt({ page: 1, at, firstId: '' })).toThrow('not one of this board');
});
