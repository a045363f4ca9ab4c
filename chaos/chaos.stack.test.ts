import { buildWhenChanged } from '../local/build.js';
import { play } from './play.js';

test('processes are killed under searches: none is lost, none is done twice, none stays stuck', async () => {
  await buildWhenChanged();
  const lines: string[] = [];
  const figures = await play({ runs: 60, faults: 8, people: 6, seed: 5 }, (line) => lines.push(line));
  expect({ ...figures, log: lines }).toMatchObject({
    accepted: 60,
    lost: 0,
    twice: 0,
    stuck: 0,
    drifted: 0,
    miscounted: 0,
  });
  expect(Object.values(figures.statuses).reduce((sum, count) => sum + count, 0)).toBe(60);
  expect(figures.statuses.success).toBeGreaterThan(0);
}, 1_200_000);
