import { createReconnectPauses } from './reconnect-pauses.js';

const limits = { firstMs: 100, longestMs: 1_000 };

/** The pauses of so many attempts of which each fails at once. */
function pausesOf(howMany: number, random: number): number[] {
  let now = 0;
  const next = createReconnectPauses(
    limits,
    () => now,
    () => random,
  );
  return Array.from({ length: howMany }, () => {
    const pause = next();
    now += pause;
    return pause;
  });
}

test('the first attempt is made at once, each that follows later, up to the bound', () => {
  expect(pausesOf(8, 1)).toEqual([0, 100, 200, 400, 800, 1_000, 1_000, 1_000]);
  expect(pausesOf(6, 0)).toEqual([0, 50, 100, 200, 400, 500]);
});

test('no two processes choose the same times, and none comes sooner than half the bound', () => {
  const [, ...first] = pausesOf(50, 0.2);
  const [, ...second] = pausesOf(50, 0.7);
  first.forEach((pause, index) => {
    expect(pause).not.toBe(second[index]);
    expect(pause).toBeGreaterThanOrEqual(50);
  });
});

test('after so many attempts the pauses stay a number', () => {
  expect(pausesOf(5_000, 1).at(-1)).toBe(1_000);
});

test('a connection that held begins anew; one that was closed soon after it was accepted does not', () => {
  let now = 0;
  const next = createReconnectPauses(
    limits,
    () => now,
    () => 1,
  );
  for (const expected of [0, 100, 200]) {
    const pause = next();
    expect(pause).toBe(expected);
    now += pause + 900;
  }
  now += 1_001;
  expect([next(), next()]).toEqual([0, 100]);
});
