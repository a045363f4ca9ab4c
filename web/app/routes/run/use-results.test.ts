import type { Result, ResultList } from '../../api/types.js';
import { appendPage, refreshed, withMark } from './use-results.js';

const list = (ids: string[], nextCursor: string | null, total = 9): ResultList => ({
  items: ids.map((postingId) => ({ postingId }) as Result),
  nextCursor,
  total,
  hidden: 0,
});
const ids = ({ items }: ResultList) => items.map(({ postingId }) => postingId).join('');

test('the next page follows what is shown, and nothing is shown twice', () => {
  const shown = appendPage(list(['a', 'b'], '1'), list(['b', 'c'], '2', 8));
  expect(ids(shown)).toBe('abc');
  expect(shown).toMatchObject({ nextCursor: '2', total: 8 });
});

test('read anew, the top is what it is now', () => {
  expect(ids(refreshed(list(['a', 'b'], '1'), list(['x', 'a', 'b'], '2')))).toBe('xab');
  expect(ids(refreshed(list(['a', 'b', 'c'], '1'), list(['a'], null)))).toBe('a');
});

test('what lies beyond one request’s reach stays below it, and goes on from where it was', () => {
  const anew = refreshed(list(['a', 'b', 'c', 'd'], 'end'), list(['c', 'a'], 'top', 12));
  expect(ids(anew)).toBe('cad');
  expect(anew).toMatchObject({ nextCursor: 'end', total: 12 });
});

test('a job that was marked is shown so, and the others as they were', () => {
  const mark = { savedAt: '2026-11-24T10:00:00Z' } as Result['mark'];
  const marked = withMark(list(['a', 'b'], '1'), { postingId: 'b', mark });
  expect(marked.items.map((item) => item.mark)).toEqual([undefined, mark]);
  expect(marked).toMatchObject({ nextCursor: '1', total: 9 });
});
