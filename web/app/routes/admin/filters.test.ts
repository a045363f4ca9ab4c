import { adminRunsPath, readAdminFilters, readWindow } from './filters.js';

const read = (query: string) => readAdminFilters(new URLSearchParams(query));

test('filters are read from the address that they make', () => {
  const filters = {
    status: 'failed',
    source: 'cron',
    errorClass: 'timeout',
    board: 'remotive',
    boardFailed: 'true',
    tick: 'refresh-all/2026-11-25T08:00Z',
    from: '2026-11-25T08:00:00.000Z',
    until: '2026-11-25T09:00:00.000Z',
  } as const;
  const path = adminRunsPath(filters);
  expect(read(path.split('?')[1] ?? '')).toEqual(filters);
  expect(adminRunsPath({})).toBe('/admin/runs');
});

test('what cannot be filters nothing', () => {
  expect(
    read('status=lost&source=me&errorClass=x&board=A%20B&boardFailed=true&tick=%3Cx%3E&from=soon&until='),
  ).toEqual({});
});

test('a window that there is not is the last day', () => {
  expect(['7d', '1y', ''].map((window) => readWindow(new URLSearchParams({ window })))).toEqual([
    '7d',
    '24h',
    '24h',
  ]);
});
