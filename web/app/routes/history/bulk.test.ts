import { beginReport, type Outcome, progressSentence, reportSentence, withOutcome } from './bulk.js';

const run = (id: string) => ({ id, summary: `search ${id}` });
const after = (doing: 'cancel' | 'again', total: number, outcomes: Outcome[]) =>
  outcomes.reduce(
    (report, outcome) => withOutcome(report, run(outcome.id), outcome),
    beginReport(doing, total),
  );

test('the progress counts what was tried, the end what was done', () => {
  const report = after('cancel', 3, [{ id: 'a' }, { id: 'b', sentence: 'It had ended.' }]);
  expect(progressSentence(report)).toBe('Cancelling: 2 of 3 done.');
  expect(reportSentence(withOutcome(report, run('c'), { id: 'c' }))).toBe('2 of 3 searches cancelled.');
  expect(report.failures).toEqual([{ run: run('b'), sentence: 'It had ended.' }]);
});

test('a limit is told once, with what became of the rest', () => {
  const met = after('again', 4, [{ id: 'a' }, { id: 'b', sentence: 'At most 1 at once.', limit: true }]);
  expect(reportSentence(met)).toBe(
    '1 of 4 searches started. At most 1 at once. 3 searches stay selected, to be started later.',
  );
  expect(met.failures).toEqual([]);
  const last = after('again', 1, [{ id: 'a', sentence: 'At most 1 at once.', limit: true }]);
  expect(reportSentence(last)).toBe(
    '0 of 1 search started. At most 1 at once. 1 search stays selected, to be started later.',
  );
});
