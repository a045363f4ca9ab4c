import { historyPath, isFiltered, readFilters, runsQuery } from './filters.js';

const saved = '0d9a2f5e-8a52-4a5f-9a52-6f0a4c1f3b01';
const all = {
  status: 'partial',
  trigger: 'rerun',
  saved,
  board: 'jobicy',
  error: 'blocked',
  from: '2026-07-01',
  to: '2026-07-02',
  zone: 'Europe/London',
} as const;
const read = (text: string) => readFilters(new URLSearchParams(text));

test('every filter stands in the address and comes back from it', () => {
  const path = historyPath(all);
  expect(read(path.split('?')[1] ?? '')).toEqual(all);
  expect(historyPath(all, 'next')).toBe(`${path}&cursor=next`);
  expect(historyPath({})).toBe('/history');
});

test('what is empty or cannot be filters nothing', () => {
  const nothing = read(
    'status=&trigger=robot&saved=1&board=No Board&error=odd&from=2026-02-30&to=x&zone=UTC',
  );
  expect(Object.values(nothing).filter(Boolean)).toEqual([]);
  expect(isFiltered(nothing)).toBe(false);
  expect(isFiltered(read('board=jobicy'))).toBe(true);
});

test('days are whole days of the zone', () => {
  expect(runsQuery(all)).toEqual({
    status: 'partial',
    trigger: 'rerun',
    savedSearchId: saved,
    board: 'jobicy',
    errorClass: 'blocked',
    from: '2026-06-30T23:00:00.000Z',
    until: '2026-07-02T23:00:00.000Z',
  });
  expect(runsQuery({ from: '2026-07-01' })).toMatchObject({ from: '2026-07-01T00:00:00.000Z' });
});
