import { heartbeatInterval } from './heartbeat.js';

test.each([
  ['a lone activity hears of a cancellation at once', 1, 500],
  ['as do fifty', 50, 500],
  ['two hundred share a hundred heartbeats a second', 200, 2_000],
  ['none is as late that it would be taken for dead', 2_000, 6_000],
])('%s', (_, activities, milliseconds) => {
  expect(heartbeatInterval(activities, 20_000)).toBe(milliseconds);
});
