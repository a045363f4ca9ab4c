import { errorClasses, explainBoardError, explainRunError, explainSkip } from './errors.js';

const everything = [
  ...errorClasses.map((each) => explainRunError(each)),
  explainSkip('needs_key'),
  explainSkip('off'),
];

test('every class says what happened, what comes next and what can be done, in words of its own', () => {
  for (const { label, cause, next, advice } of everything) {
    expect(label.length).toBeLessThan(25);
    for (const sentence of [cause, next, advice]) expect(sentence).toMatch(/^[A-Z].+\.$/);
  }
  for (const part of ['label', 'cause'] as const) {
    const told = everything.map((each) => each[part]);
    expect(new Set(told).size).toBe(told.length);
  }
});

test('a run whose boards all failed in one way is told as that board is', () => {
  expect(explainRunError('blocked')).toBe(explainBoardError('blocked'));
});
