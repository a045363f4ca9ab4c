import { z } from 'zod';
import { createRightOfWay } from './right-of-way.js';
import type { Rpc } from './rpc.js';

/** A step that ends when it is told to. */
function step(order: string[], name: string) {
  let end = () => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  const rpc: Rpc = async (_, __, schema) => {
    order.push(`${name} begins`);
    await ended;
    order.push(`${name} ends`);
    return schema.parse(null);
  };
  return { rpc, end };
}

const call = (rpc: Rpc) => rpc('step', {}, z.null());

test('a schedule’s step waits for a person’s to end, and a while longer', async () => {
  const order: string[] = [];
  const way = createRightOfWay({ quietMs: 20, longestMs: 3_600_000 });
  const person = step(order, 'person');
  const schedule = step(order, 'schedule');
  schedule.end();
  // One that waits for several times a person's quiet, and no longer.
  const hasty = createRightOfWay({ quietMs: 20, longestMs: 100 });
  const other = step(order, 'hasty');
  other.end();
  const first = call(way.goesFirst(hasty.goesFirst(person.rpc)));
  const second = call(way.givesWay(schedule.rpc));
  await call(hasty.givesWay(other.rpc));
  expect(order).toEqual(['person begins', 'hasty begins', 'hasty ends']);
  person.end();
  await Promise.all([first, second]);
  expect(order.slice(3)).toEqual(['person ends', 'schedule begins', 'schedule ends']);
});

test('without people a schedule’s step goes at once', async () => {
  const order: string[] = [];
  const way = createRightOfWay({ quietMs: 3_600_000, longestMs: 3_600_000 });
  const schedule = step(order, 'schedule');
  schedule.end();
  await call(way.givesWay(schedule.rpc));
  expect(order).toEqual(['schedule begins', 'schedule ends']);
});

test('while people search all the time, a schedule’s step goes after the longest wait', async () => {
  const order: string[] = [];
  const way = createRightOfWay({ quietMs: 3_600_000, longestMs: 20 });
  const person = step(order, 'person');
  const schedule = step(order, 'schedule');
  schedule.end();
  const first = call(way.goesFirst(person.rpc));
  await call(way.givesWay(schedule.rpc));
  expect(order).toEqual(['person begins', 'schedule begins', 'schedule ends']);
  person.end();
  await first;
});

test('a person’s step that fails no longer has the right of way', async () => {
  const order: string[] = [];
  const way = createRightOfWay({ quietMs: 1, longestMs: 3_600_000 });
  const failing: Rpc = () => Promise.reject(new Error('no database'));
  await expect(call(way.goesFirst(failing))).rejects.toThrow('no database');
  const schedule = step(order, 'schedule');
  schedule.end();
  await call(way.givesWay(schedule.rpc));
  expect(order).toEqual(['schedule begins', 'schedule ends']);
});
