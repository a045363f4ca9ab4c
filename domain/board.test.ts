import { attributionSchema, boardNameSchema } from './board.js';
import { boardErrorClasses, nonRetryableBoardErrors } from './board-errors.js';

test('error classes are named once each', () => {
  expect(new Set(boardErrorClasses).size).toBe(boardErrorClasses.length);
});

test.each(['remotive', 'zip_recruiter', 'b2'])('%j can be a board', (name) => {
  expect(boardNameSchema.parse(name)).toBe(name);
});

test.each(['', 'Lever', 'a/b', 'a b', 'x'.repeat(51)])('%j can be none', (name) => {
  expect(boardNameSchema.safeParse(name).success).toBe(false);
});

test('only what may pass by itself is tried again', () => {
  const retried = boardErrorClasses.filter((name) => !nonRetryableBoardErrors.includes(name));
  expect(retried).toEqual(['rate_limited', 'upstream', 'timeout', 'network']);
});

test.each(['javascript:alert(1)', 'data:text/html,x', '//remotive.com', 'ftp://remotive.com', ''])(
  'an attribution does not link to %j',
  (url) => {
    expect(attributionSchema.safeParse({ name: 'Remotive', url, followLink: true }).success).toBe(false);
  },
);
