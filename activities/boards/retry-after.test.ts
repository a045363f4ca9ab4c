import { retryAfterSeconds } from './retry-after.js';

test('Retry-After is a number of seconds or a date', () => {
  const now = Date.parse('2026-11-25T10:00:00Z');
  expect(retryAfterSeconds('120', now)).toBe(120);
  expect(retryAfterSeconds('Wed, 25 Nov 2026 10:01:30 GMT', now)).toBe(90);
  expect(retryAfterSeconds('Wed, 25 Nov 2026 09:00:00 GMT', now)).toBe(0);
  expect(retryAfterSeconds('9999999999', now)).toBe(86_400);
  expect([retryAfterSeconds('soon', now), retryAfterSeconds(undefined, now)]).toEqual([undefined, undefined]);
});
