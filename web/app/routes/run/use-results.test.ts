import type { Result, ResultList } from '../../api/types.js';
import { appendPage, readDown, withMark } from './use-results.js';

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

describe('read anew, a list is what it is now', () => {
  const now = Array.from({ length: 250 }, (_, index) => `${index}`);
  const asked: Record<string, string>[] = [];
  const read = async (query: Record<string, string>) => {
    asked.push(query);
    const from = Number(query.cursor ?? 0);
    const to = from + Number(query.limit);
    return list(now.slice(from, to), to < now.length ? String(to) : null);
  };
  beforeEach(() => asked.splice(0));

  test.each([
    [0, 20],
    [40, 40],
    [130, 130],
    [300, 250],
  ])('%i shown', async (items, shown) => {
    expect((await readDown(read, items))?.items.map(({ postingId }) => postingId)).toEqual(
      now.slice(0, shown),
    );
    for (const { limit } of asked) expect(Number(limit)).toBeLessThanOrEqual(100);
  });

  test('not when a part of it could not be read', async () => {
    expect(await readDown(async (query) => (query.cursor ? null : read(query)), 130)).toBeNull();
  });
});

test('a job that was marked is shown so, and the others as they were', () => {
  const mark = { savedAt: '2026-11-24T10:00:00Z' } as Result['mark'];
  const marked = withMark(list(['a', 'b'], '1'), { postingId: 'b', mark });
  expect(marked.items.map((item) => item.mark)).toEqual([undefined, mark]);
  expect(marked).toMatchObject({ nextCursor: '1', total: 9 });
});
