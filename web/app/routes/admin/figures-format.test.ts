import { percent, stepLabel, took } from './figures-format.js';

test.each([
  [null, '–'],
  [0.64, '1 ms'],
  [640, '640 ms'],
  [4_240, '4.2 s'],
  [75_400, '75 s'],
  [720_000, '12 min'],
])('%p ms is %s', (milliseconds, told) => {
  expect(took(milliseconds)).toBe(told);
});

test.each([
  [null, '–'],
  [0, '0 %'],
  [0.98437, '98.4 %'],
  [1, '100 %'],
])('a share of %p is %s', (share, told) => {
  expect(percent(share)).toBe(told);
});

test('a step is told by its hour, or by its day', () => {
  expect(stepLabel('2026-11-05T14:00:00.000Z', false)).toBe('5 Nov 14:00');
  expect(stepLabel('2026-11-05T14:00:00.000Z', true)).toBe('5 Nov');
});
