import { elapsed } from '../components/timer.js';
import { aBoard, aRun } from '../testing/run.js';
import { shownStatus, statusSentence } from './run.js';

const failed = aBoard({ state: 'failed', board: 'jobicy', label: 'Jobicy' });

test('a success with a board that failed, or companies that could not be read, is one in part', () => {
  expect(shownStatus({ status: 'success', boards: [aBoard()] })).toBe('success');
  expect(shownStatus({ status: 'success', boards: [aBoard(), failed] })).toBe('partial');
  expect(shownStatus({ status: 'success', boards: [aBoard({ sourcesFailed: 1 })] })).toBe('partial');
  const skipped = aBoard({ state: 'skipped', skipped: 'needs_key' });
  expect(shownStatus({ status: 'success', boards: [aBoard(), skipped] })).toBe('success');
  expect(shownStatus({ status: 'failed', boards: [failed] })).toBe('failed');
});

test.each([
  [{ status: 'pending' as const }, 'Queued. The search starts as soon as a worker is free.'],
  [
    { boards: [aBoard(), aBoard({ state: 'running' })], found: 1 },
    'Searching: 1 of 2 boards done, 1 posting found.',
  ],
  [
    { boards: [aBoard({ state: 'running' }), aBoard({ state: 'skipped', skipped: 'needs_key' })] },
    'Searching: 0 of 1 board done, 0 postings found.',
  ],
  [{ cancelRequestedAt: '2026-11-25T12:00:09Z' }, 'Cancelling. What was found so far is kept.'],
  [{ status: 'success' as const, found: 1200, new: 3 }, 'Finished: 1,200 postings found, 3 new.'],
  [
    { status: 'success' as const, boards: [aBoard(), failed], found: 2 },
    'Finished in part: 2 postings found, and 1 board could not be searched.',
  ],
  [{ status: 'cancelled' as const, found: 0 }, 'Cancelled. Nothing was found before.'],
])('%j in a sentence', (given, sentence) => {
  expect(statusSentence(aRun(given))).toBe(sentence);
});

describe('the time of a run, by the server’s clock', () => {
  const now = Date.parse('2026-11-25T12:00:10Z');
  test.each([
    [
      { startedAt: null, status: 'pending' as const },
      { state: 'queued', ms: 10_000 },
    ],
    [{}, { state: 'running', ms: 8_000 }],
    [
      { status: 'success' as const, completedAt: '2026-11-25T12:00:07.000Z' },
      { state: 'took', ms: 5_000 },
    ],
    [
      { startedAt: null, status: 'cancelled' as const },
      { state: 'never', ms: 10_000 },
    ],
  ])('%j', (given, expected) => {
    expect(elapsed(aRun(given), now)).toEqual(expected);
  });
});
