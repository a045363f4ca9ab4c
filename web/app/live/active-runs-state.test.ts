import { aRun } from '../testing/run.js';
import { activeRuns, type KnownRuns, latestOf, withList, withRun } from './active-runs-state.js';

const nothing: KnownRuns = new Map();
const ids = (known: KnownRuns) => activeRuns(known).map(({ id }) => id);
const a = aRun({ id: 'a', revision: 3 });
const b = aRun({ id: 'b', createdAt: '2026-11-25T12:01:00.000Z' });

test('runs are listed newest first, and leave when they end', () => {
  const both = withList(nothing, [a, b], nothing);
  expect(ids(both)).toEqual(['b', 'a']);
  expect(ids(withRun(both, { ...b, status: 'success', revision: 2 }))).toEqual(['a']);
});

test('an older reading counts for nothing', () => {
  const ended = withRun(nothing, { ...a, status: 'success', revision: 5 });
  expect(ids(withRun(ended, a))).toEqual([]);
  expect(ids(withList(ended, [a], nothing))).toEqual([]);
});

test('the newest reading of a run is the one that counts', () => {
  const known = withRun(nothing, a);
  expect(latestOf(known, { ...a, revision: 2 })).toBe(a);
  const read = { ...a, revision: 3 };
  expect(latestOf(known, read)).toBe(read);
  expect(latestOf(known, b)).toBe(b);
});

test('what a list leaves out has ended, unless it came up after the list was asked for', () => {
  const asked = withList(nothing, [a], nothing);
  const since = withRun(asked, b);
  expect(ids(withList(since, [], asked))).toEqual(['b']);
});
