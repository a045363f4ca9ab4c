import { attributionSchema, boardErrorClasses, boardNames, nonRetryableBoardErrors } from './board.js';

test('boards and error classes are named once each', () => {
  expect(new Set(boardNames).size).toBe(boardNames.length);
  expect(new Set(boardErrorClasses).size).toBe(boardErrorClasses.length);
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
