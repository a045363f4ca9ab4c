import {
  type BoardState,
  boardStates,
  clientContextSchema,
  isFinished,
  runOutcome,
  runStatuses,
  runTransitions,
} from './run.js';

test('a run goes forward only, and from where it ends nowhere', () => {
  expect(runTransitions).toEqual({
    pending: ['running', 'failed', 'cancelled'],
    running: ['success', 'failed', 'cancelled'],
    success: [],
    failed: [],
    cancelled: [],
  });
  expect(runStatuses.filter(isFinished)).toEqual(['success', 'failed', 'cancelled']);
});

test('every state can be reached, and an end from every state', () => {
  const reachable = new Set(['pending', ...Object.values(runTransitions).flat()]);
  expect([...reachable].sort()).toEqual([...runStatuses].sort());
  for (const status of runStatuses) {
    expect(isFinished(status) || runTransitions[status].some(isFinished)).toBe(true);
  }
});

test.each<[BoardState[], 'success' | 'failed']>([
  [['success'], 'success'],
  [['failed', 'success', 'failed'], 'success'],
  [['failed', 'failed'], 'failed'],
  [['failed', 'cancelled'], 'failed'],
  [['queued', 'running'], 'failed'],
  [[], 'failed'],
])('boards %j make a run %s', (boards, outcome) => {
  expect(runOutcome(boards)).toBe(outcome);
});

test('one board that answered is enough, whichever states the others are in', () => {
  for (const state of boardStates) expect(runOutcome([state, 'success'])).toBe('success');
});

test('a browser says of itself only what the history shows', () => {
  expect(clientContextSchema.parse({ device: 'phone', browser: 'Firefox', fingerprint: 'x' })).toEqual({
    device: 'phone',
    browser: 'Firefox',
  });
  expect(clientContextSchema.safeParse({ device: 'fridge' }).success).toBe(false);
  expect(clientContextSchema.safeParse({ device: 'phone', os: 'x'.repeat(41) }).success).toBe(false);
});
