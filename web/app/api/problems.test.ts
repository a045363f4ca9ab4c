import { problemSentence, toProblem } from './problems.js';

test('a problem that the API names becomes a sentence with what to do', () => {
  const limited = toProblem({ type: 'https://api.example/problems/rate-limited', title: 'x' }, 429, '90');
  expect(problemSentence(limited)).toBe(
    'That was too many requests in a short time. Try again in 1 minute 30 seconds.',
  );
  expect(problemSentence(toProblem({ type: '/problems/too-many-active-runs' }, 429))).toMatch(/cancel one/);
});

test('what is no problem+json is told by its own detail, or in general', () => {
  expect(problemSentence(toProblem({ detail: 'The moon is in the way.' }, 500))).toBe(
    'The moon is in the way.',
  );
  expect(problemSentence(toProblem('<html>', 502))).toMatch(/^Something went wrong/);
  expect(toProblem(null, 418, 'not a number').retryAfterSeconds).toBeUndefined();
});
