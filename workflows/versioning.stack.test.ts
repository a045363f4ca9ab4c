import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeVersioningBehavior } from '@temporalio/common/lib/worker-deployments.js';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { waitFor } from '../local/testing/wait-for.js';
import * as workflows from './index.js';
import { waitingRun } from './testing/held-runs.js';
import { startWorld, type World } from './testing/world.js';
import { boardSyncWorkflowId, searchRunWorkflowId } from './workflow-ids.js';

let world: World;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'builds-'));
  world = await startWorld({ WORKER_BUILD_ID: 'first', RECONCILE_INTERVAL_SECONDS: '1' });
});
afterAll(async () => {
  await world?.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  world.boards.control.reset();
  await world.forgetFreshness();
});

/** A worker of a build whose workflows are those of a file of `testing/`. */
async function startBuild(buildId: string, file: string, settings: Record<string, string> = {}) {
  const { code } = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL(`./testing/${file}`, import.meta.url)),
    logger: new DefaultLogger('ERROR'),
  });
  const bundle = join(folder, `${buildId}.js`);
  await writeFile(bundle, code);
  const worker = await world.startWorker({
    WORKER_BUILD_ID: buildId,
    WORKER_WORKFLOW_BUNDLE: bundle,
    ...settings,
  });
  await routed();
  return worker;
}

/** `temporal.api.enums.v1.RoutingConfigUpdateState` */
const routingIsComplete = 2;

/** Each task queue is told which build is current some time after Temporal has taken it. */
const routed = () =>
  waitFor(
    async () => {
      const { workerDeploymentInfo } = await world.temporal.workflowService.describeWorkerDeployment({
        namespace: 'default',
        deploymentName: 'searching-the-fox',
      });
      return workerDeploymentInfo?.routingConfigUpdateState === routingIsComplete;
    },
    { what: 'every task queue to know the current build' },
  );

const workflow = (runId: string) => world.temporal.workflow.getHandle(searchRunWorkflowId(runId));

/** As `temporal workflow update-options --versioning-override-behavior auto_upgrade` does. */
const moveOn = (workflowId: string) =>
  world.temporal.workflowService.updateWorkflowExecutionOptions({
    namespace: 'default',
    workflowExecution: { workflowId },
    workflowExecutionOptions: { versioningOverride: { autoUpgrade: true } },
    updateMask: { paths: ['versioning_override'] },
  });

/** What a run's workflow was worked on by, and what it did, from its history. */
async function historyOf(runId: string) {
  const { events } = await workflow(runId).fetchHistory();
  const all = events ?? [];
  return {
    builds: new Set(
      all.flatMap((event) => event.workflowTaskCompletedEventAttributes?.deploymentVersion?.buildId ?? []),
    ),
    failedTasks: all.filter((event) => event.workflowTaskFailedEventAttributes).length,
    timers: all.filter((event) => event.timerStartedEventAttributes).length,
  };
}

/** What an execution of the type told Temporal about its build. */
const behaviourOf = (workflowType: string) =>
  waitFor(
    async () => {
      const query = `WorkflowType = '${workflowType}' AND ExecutionStatus = 'Completed'`;
      for await (const { workflowId, runId } of world.temporal.workflow.list({ query })) {
        const { events } = await world.temporal.workflow.getHandle(workflowId, runId).fetchHistory();
        const told = events?.find((event) => event.workflowTaskCompletedEventAttributes);
        const behaviour = told?.workflowTaskCompletedEventAttributes?.versioningBehavior;
        return decodeVersioningBehavior(behaviour);
      }
      return undefined;
    },
    { what: `an execution of ${workflowType} to be listed` },
  );

test('every workflow says whether it may change its build under way', async () => {
  for (const workflow of Object.values(workflows))
    expect(workflow).toHaveProperty('workflowDefinitionOptions');
  const id = await world.startRun({ boards: ['jobicy'] });
  await world.ended(id);
  const seen = Object.fromEntries(
    await Promise.all(
      ['searchRun', 'boardSync', 'reconcileRuns'].map(async (type) => [type, await behaviourOf(type)]),
    ),
  );
  expect(seen).toEqual({ searchRun: 'PINNED', boardSync: 'PINNED', reconcileRuns: 'AUTO_UPGRADE' });
});

test('a run ends on the build that began it, new runs go to the new build', async () => {
  const before = await waitingRun(world);
  const later = await startBuild('second', 'changed-workflows.ts');
  const after = await world.startRun({ title: 'designer', boards: ['jobicy'] });
  world.boards.control.release();

  expect(await world.ended(before)).toMatchObject({ status: 'success' });
  expect(await world.ended(after)).toMatchObject({ status: 'success' });
  expect(await historyOf(before)).toEqual({ builds: new Set(['first']), failedTasks: 0, timers: 0 });
  expect(await historyOf(after)).toEqual({ builds: new Set(['second']), failedTasks: 0, timers: 1 });
  await later.stop();
});

test('a build that does not take over gets no new runs', async () => {
  await world.temporal.workflowService.setWorkerDeploymentCurrentVersion({
    namespace: 'default',
    deploymentName: 'searching-the-fox',
    buildId: 'first',
    ignoreMissingTaskQueues: true,
  });
  const waits = await startBuild('third', 'changed-workflows.ts', { WORKER_BECOMES_CURRENT: 'off' });
  const id = await world.startRun({ boards: ['jobicy'] });
  expect(await world.ended(id)).toMatchObject({ status: 'success' });
  expect((await historyOf(id)).builds).toEqual(new Set(['first']));
  await waits.stop();
});

test('a run whose build is gone is moved to one that is patched for it', async () => {
  const id = await waitingRun(world);
  await world.worker.stop();
  await startBuild('patched', 'patched-workflows.ts');
  world.boards.control.release();
  await moveOn(searchRunWorkflowId(id));
  await moveOn(boardSyncWorkflowId('jobicy'));

  expect(await world.ended(id)).toMatchObject({ status: 'success' });
  expect(await historyOf(id)).toEqual({
    builds: new Set(['first', 'patched']),
    failedTasks: 0,
    timers: 0,
  });
  // A new one goes the new way.
  const next = await world.startRun({ title: 'designer', boards: ['jobicy'] });
  expect(await world.ended(next)).toMatchObject({ status: 'success' });
  expect(await historyOf(next)).toEqual({ builds: new Set(['patched']), failedTasks: 0, timers: 1 });
});

test('the reconciler goes on with whichever build is there', async () => {
  const id = await world.acceptRun({ boards: ['jobicy'] });
  expect(await world.ended(id)).toMatchObject({ status: 'success' });
});
