import { type Connection, type KeptOpen, keepOpen, type Signs, waitBefore } from './keep-open.js';

const second = 1_000;
let shown: Connection[];
let opened: { signs: Signs; closed: boolean }[];
let kept: KeptOpen;

beforeEach(() => {
  jest.useFakeTimers({ now: 0 });
  shown = [];
  opened = [];
  kept = keepOpen({
    random: () => 0,
    onConnection: (connection) => shown.push(connection),
    open: (signs) => {
      const connection = { signs, closed: false };
      opened.push(connection);
      return () => {
        connection.closed = true;
      };
    },
  });
});
afterEach(() => {
  kept.close();
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

const last = () => opened.at(-1) as (typeof opened)[number];
const beat = () => {
  last().signs.beats(10 * second);
  last().signs.live();
};
const stale = (heardAt: number) => ({ state: 'reconnecting', heardAt });

test('is live from the first heartbeat, and says so once', () => {
  last().signs.heard();
  expect(shown).toEqual([]);
  beat();
  for (let n = 0; n < 20; n += 1) {
    jest.advanceTimersByTime(10 * second);
    beat();
  }
  expect(shown).toEqual([{ state: 'live' }]);
  expect(opened).toHaveLength(1);
});

test('three heartbeats that do not come are silence: the connection is closed, and another one opened', () => {
  beat();
  jest.advanceTimersByTime(7 * second);
  last().signs.heard();
  jest.advanceTimersByTime(30 * second - 1);
  expect(shown).toEqual([{ state: 'live' }]);
  jest.advanceTimersByTime(1);
  expect(shown.at(-1)).toEqual(stale(7 * second));
  expect(opened).toMatchObject([{ closed: true }]);
  jest.advanceTimersByTime(second);
  expect(opened).toMatchObject([{ closed: true }, { closed: false }]);
  expect(shown.at(-1)).toEqual(stale(7 * second));
  beat();
  expect(shown.at(-1)).toEqual({ state: 'live' });
});

test('a connection that opens and never says a word is given up as well', () => {
  jest.advanceTimersByTime(29 * second);
  expect(shown).toEqual([]);
  jest.advanceTimersByTime(2 * second);
  expect(shown).toEqual([stale(0)]);
  expect(opened).toHaveLength(2);
});

test('what one connection tells after it was closed counts for nothing', () => {
  beat();
  const first = last().signs;
  first.broken();
  jest.advanceTimersByTime(second);
  first.live();
  first.broken();
  expect(shown.map(({ state }) => state)).toEqual(['live', 'reconnecting']);
  jest.advanceTimersByTime(10 * second);
  expect(opened).toHaveLength(2);
});

test('waits twice as long after each failure, half a minute at most, and begins anew once it was live', () => {
  const waited = () => {
    const before = opened.length;
    last().signs.broken();
    for (let seconds = 1; ; seconds += 1) {
      jest.advanceTimersByTime(second);
      if (opened.length > before) return seconds;
    }
  };
  expect(Array.from({ length: 7 }, waited)).toEqual([1, 2, 4, 8, 16, 30, 30]);
  beat();
  expect(waited()).toBe(1);
});

test('chance takes up to a half of a wait away', () => {
  expect(waitBefore(3, () => 0)).toBe(8_000);
  expect(waitBefore(3, () => 0.5)).toBe(6_000);
  expect(waitBefore(3, () => 1)).toBe(4_000);
  expect(waitBefore(50, () => 1)).toBe(15_000);
});

test('a device that goes offline is told at once, and does not wait when it is back', () => {
  beat();
  jest.advanceTimersByTime(4 * second);
  kept.lost();
  expect(shown.at(-1)).toEqual(stale(0));
  kept.openAnew();
  expect(opened).toMatchObject([{ closed: true }, { closed: false }]);
  beat();
  expect(shown.at(-1)).toEqual({ state: 'live' });
});
