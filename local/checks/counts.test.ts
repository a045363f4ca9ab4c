import { addCounts, countsLine, countsOf, type JestReport } from './counts.js';

const report = (changes: Partial<JestReport>): JestReport => ({
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
  success: true,
  ...changes,
});

test('counts what Jest reports', () => {
  expect(countsOf(report({ numFailedTests: 1, numPendingTests: 2, success: false }))).toEqual({
    passed: 3,
    failed: 1,
    skipped: 2,
  });
});

test('a suite that could not be run is a failure', () => {
  expect(countsOf(report({ numRuntimeErrorTestSuites: 2, success: false })).failed).toBe(2);
});

test('a run that failed without a failing test is a failure', () => {
  expect(countsOf(report({ success: false })).failed).toBe(1);
});

test('the closing line', () => {
  const sum = addCounts({ passed: 4, failed: 0, skipped: 0 }, { passed: 10, failed: 2, skipped: 1 });
  expect(countsLine(sum)).toBe('14 passed, 2 failed, 1 skipped');
});
