import { Client } from '@temporalio/client';
import { hosts } from '../workflows/testing/scenarios.js';
import { startWorld, type World } from '../workflows/testing/world.js';
import { createSyncs } from './syncs.js';

const source = 'jobicy';
const freshSeconds = 3_600;
const never = new AbortController().signal;

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());
beforeEach(async () => {
  world.boards.control.reset();
  await world.forgetFreshness();
  world.boards.control.hold(hosts.jobicy);
});

/** The syncs of a process, and how often it asked Temporal for one. */
function counted() {
  const asked = { times: 0 };
  const client = new Client({
    connection: world.temporal.connection,
    interceptors: {
      workflow: [
        {
          startWithDetails(input, next) {
            asked.times += 1;
            return next(input);
          },
        },
      ],
    },
  });
  return { syncs: createSyncs(client), asked };
}

const boardIsAsked = () => world.boards.control.waitForRequest(({ host }) => host === hosts.jobicy);

test('many wait for a source with one call to Temporal, and one who leaves leaves alone', async () => {
  const { syncs, asked } = counted();
  const leaving = new AbortController();
  const staying = [1, 2, 3].map(() => syncs.join(source, freshSeconds, never));
  const left = syncs.join(source, freshSeconds, leaving.signal);
  await boardIsAsked();
  leaving.abort(new Error('the run was cancelled'));
  await expect(left).rejects.toThrow('the run was cancelled');
  world.boards.control.release();
  expect(await Promise.all(staying)).toEqual([{ end: 'done' }, { end: 'done' }, { end: 'done' }]);
  expect(asked.times).toBe(1);
});

test('who comes after the end, or after all have left, asks anew', async () => {
  const { syncs, asked } = counted();
  const leaving = new AbortController();
  const left = syncs.join(source, freshSeconds, leaving.signal);
  await boardIsAsked();
  leaving.abort(new Error('the run was cancelled'));
  await expect(left).rejects.toThrow('the run was cancelled');
  const stayed = syncs.join(source, freshSeconds, never);
  world.boards.control.release();
  expect(await stayed).toEqual({ end: 'done' });
  expect(await syncs.join(source, freshSeconds, never)).toEqual({ end: 'done' });
  expect(asked.times).toBe(3);
});

test('all who wait hear of the sync’s failure, and of its being stopped', async () => {
  const { syncs } = counted();
  const stopped = [1, 2].map(() => syncs.join(source, freshSeconds, never));
  await boardIsAsked();
  await syncs.cancel(source);
  expect(await Promise.all(stopped)).toEqual([{ end: 'cancelled' }, { end: 'cancelled' }]);

  world.boards.control.reset();
  world.boards.control.setBehaviour({ host: hosts.jobicy, behaviour: 'captcha' });
  const failing = [1, 2].map(() => syncs.join(source, freshSeconds, never));
  const failed = { end: 'failed', errorClass: 'blocked', message: expect.any(String) };
  expect(await Promise.all(failing)).toEqual([failed, failed]);
});
