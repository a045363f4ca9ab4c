import { indeedSite } from '../local/boards/wire/indeed-site.js';
import { freePort } from '../local/services/ports.js';
import { startTestJobspy } from '../local/testing/jobspy.js';
import type { TestProgram } from '../local/testing/test-program.js';
import { startWorld, type World } from '../workflows/testing/world.js';
import { searchRunWorkflowId } from '../workflows/workflow-ids.js';

/** A search by way of everything: the run's workflow, the worker, the service, JobSpy, the site. */

let world: World;
let service: TestProgram;

beforeAll(async () => {
  const port = await freePort();
  world = await startWorld({ JOBSPY_URL: `http://127.0.0.1:${port}` });
  service = await startTestJobspy(world.boards.url, { JOBSPY_PORT: String(port) });
});
afterAll(async () => {
  await service?.stop();
  await world?.stop();
});

test('a run finds jobs on a site, and is told which one cannot be reached', async () => {
  const run = await world.ended(await world.startRun({ boards: ['glassdoor', 'indeed'] }));
  expect(run).toMatchObject({
    status: 'success',
    boards: [
      { board: 'glassdoor', state: 'failed', error_class: 'network' },
      { board: 'indeed', state: 'success', error_class: null },
    ],
  });
  expect(run.jobs_found).toBeGreaterThan(10);
});

test('cancelling a run ends its scraper', async () => {
  const { control } = world.boards;
  await world.forgetFreshness();
  control.reset();
  control.hold(indeedSite.host);
  const id = await world.startRun({ boards: ['indeed'] });
  await control.waitForRequest(({ host }) => host === indeedSite.host);
  await world.temporal.workflow.getHandle(searchRunWorkflowId(id)).cancel();
  expect(await world.ended(id)).toMatchObject({ status: 'cancelled' });
  await control.waitForRequest(({ host, closedByClient }) => host === indeedSite.host && closedByClient);
});
