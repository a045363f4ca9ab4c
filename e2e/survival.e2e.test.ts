import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withFreePort } from '../local/services/ports.js';
import { startTemporal } from '../local/services/temporal.js';
import { findTemporalCli } from '../local/services/temporal-cli.js';
import { waitFor } from '../local/testing/wait-for.js';
import { hosts } from '../workflows/testing/scenarios.js';
import { startWorld, type World } from '../workflows/testing/world.js';
import { searchRunWorkflowId } from '../workflows/workflow-ids.js';

const promptReconciler = {
  RECONCILE_INTERVAL_SECONDS: '1',
  RECONCILE_PENDING_SECONDS: '1',
  RECONCILE_QUIET_SECONDS: '1',
};

let world: World;
afterEach(() => world?.stop());

async function postRun(apiUrl: string, boards: string[]): Promise<Response> {
  return fetch(`${apiUrl}/runs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${world.person.accessToken}` },
    body: JSON.stringify({ parameters: { title: 'engineer', boards } }),
  });
}

/** The run began once, ended once and well, and has one workflow. */
async function expectEndedOnce(id: string) {
  expect(await world.ended(id)).toMatchObject({ status: 'success' });
  const steps = await world.stack.sql`
    select to_status from search_run_events where run_id = ${id} and to_status is not null order by id`;
  expect(steps.map((step) => step.to_status)).toEqual(['pending', 'running', 'success']);
  const executions = await waitFor(
    async () => {
      const found = [];
      const query = `WorkflowId = "${searchRunWorkflowId(id)}"`;
      for await (const execution of world.temporal.workflow.list({ query }))
        found.push(execution.status.name);
      return found.length > 0 && !found.includes('RUNNING') && found;
    },
    { what: 'the workflow to be listed as ended' },
  );
  expect(executions).toEqual(['COMPLETED']);
}

test('the API killed between insert and start: the run is started by the reconciler, and ends once', async () => {
  world = await startWorld(promptReconciler);
  // Where the API believes Temporal to be, somebody takes its calls and never answers: it hangs in the start.
  const sockets = new Set<Socket>();
  const silence = createServer((socket) => void sockets.add(socket.on('error', () => undefined)));
  await new Promise<void>((resolve) => silence.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = silence.address() as { port: number };
    const api = await world.stack.startProcess('api', {
      TEMPORAL_ADDRESS: `127.0.0.1:${port}`,
      TEMPORAL_START_TIMEOUT_MS: '30000',
    });
    const answer = postRun(api.url, ['jobicy']).then(
      () => 'answered',
      () => 'broken off',
    );
    const run = await waitFor(
      async () =>
        (await world.stack.sql<{ id: string; status: string }[]>`select id, status from search_runs`)[0],
      { what: 'the row to be there' },
    );
    api.kill('SIGKILL');
    expect(await answer).toBe('broken off');
    await expectEndedOnce(run.id);
  } finally {
    for (const socket of sockets) socket.destroy();
    silence.close();
  }
});

test('the worker killed in mid-run: the next one takes it over, and the run ends once', async () => {
  world = await startWorld(promptReconciler);
  const { control } = world.boards;
  control.hold(hosts.jobicy);
  const id = await world.startRun({ boards: ['jobicy', 'greenhouse'] });
  await control.waitForRequest(({ host }) => host === hosts.jobicy);
  world.worker.kill('SIGKILL');
  await world.worker.waitForExit();
  control.release();
  expect(await world.run(id)).toMatchObject({ status: 'running' });
  await world.startWorker();
  await expectEndedOnce(id);
  const [twice] = await world.stack.sql`
    select count(*)::int as rows, count(distinct posting_id)::int as postings
    from search_run_results where run_id = ${id}`;
  expect(twice?.rows).toBe(twice?.postings);
  expect(twice?.rows).toBeGreaterThan(0);
});

test('Temporal down at creation: the search is accepted, and runs once Temporal is back', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'temporal-'));
  const cli = await findTemporalCli();
  const databaseFile = join(folder, 'temporal.db');
  let temporal = await withFreePort((port) => startTemporal(cli, { port, databaseFile }));
  const port = Number(temporal.address.split(':')[1]);
  try {
    world = await startWorld(promptReconciler, temporal.address);
    const api = await world.stack.startProcess('api');
    temporal.process.killGroup();
    await temporal.process.exited;

    const response = await postRun(api.url, ['jobicy']);
    expect(response.status).toBe(202);
    const { run } = (await response.json()) as { run: { id: string; status: string } };
    expect(run.status).toBe('pending');

    temporal = await startTemporal(cli, { port, databaseFile });
    await expectEndedOnce(run.id);
  } finally {
    await world?.stop();
    await temporal.process.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

test('a workflow terminated by an operator: the run says so', async () => {
  world = await startWorld(promptReconciler);
  world.boards.control.hold(hosts.jobicy);
  const id = await world.startRun({ boards: ['jobicy'] });
  await world.boards.control.waitForRequest(({ host }) => host === hosts.jobicy);
  await world.temporal.workflow.getHandle(searchRunWorkflowId(id)).terminate('tried by a test');
  expect(await world.finished(id)).toMatchObject({
    status: 'failed',
    error_class: 'workflow_terminated',
    error_message: 'An operator stopped this search.',
  });
  const [last] = await world.stack.sql`
    select actor from search_run_events where run_id = ${id} order by id desc limit 1`;
  expect(last?.actor).toBe('reconciler');
});
