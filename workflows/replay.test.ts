import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker, type WorkflowBundle } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { tracedWorkflowModules } from '../worker/tracing.js';
import { recordedHistories } from './testing/histories.js';

let bundle: WorkflowBundle;
let tracedBundle: WorkflowBundle;
beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const bundled = (workflowInterceptorModules: string[]) =>
    bundleWorkflowCode({
      workflowsPath: fileURLToPath(new URL('./index.ts', import.meta.url)),
      workflowInterceptorModules,
      logger: new DefaultLogger('ERROR'),
    });
  bundle = await bundled([]);
  tracedBundle = await bundled(tracedWorkflowModules);
});
afterAll(() => Runtime._instance?.shutdown());

const replay = (history: unknown, workflowBundle = bundle) =>
  Worker.runReplayHistory(
    { workflowBundle, sinks: { exporter: { export: { fn: () => undefined } } } },
    history,
  );

test('the bundle holds no package but Temporal’s own: all of it is evaluated anew for each execution', () => {
  if (!('code' in bundle)) throw new Error('the bundle has no code');
  const packages = bundle.code.matchAll(/"\.\/node_modules\/((?:@[^/"]+\/)?[^/"]+)/g);
  expect([...new Set([...packages].map(([, name]) => name))].sort()).toEqual([
    '@temporalio/common',
    '@temporalio/workflow',
    'long',
    'ms',
    'nexus-rpc',
  ]);
});

test('there is a recorded history of every kind of run', async () => {
  expect((await recordedHistories()).map(({ kind }) => kind)).toEqual([
    'board-sync-cancelled',
    'board-sync-failed',
    'board-sync-interrupted',
    'board-sync-resumed',
    'board-sync-retried',
    'board-sync-success',
    'company-check-not-found',
    'company-check-open',
    'compare-schedules',
    'reconcile-runs',
    'reconcile-schedules',
    'refresh-tick-begun',
    'refresh-tick-continued',
    'refresh-tick-own',
    'refresh-tick',
    'request-tick',
    'search-run-cancelled-at-once',
    'search-run-cancelled',
    'search-run-failed',
    'search-run-fresh',
    'search-run-joined',
    'search-run-not-begun',
    'search-run-partial',
    'search-run-success',
    'send-digests',
    'sweep-postings',
    'watch-schedules',
  ]);
});

test('today’s workflows replay every recorded history', async () => {
  for (const { kind, history } of await recordedHistories()) {
    await replay(history).catch((cause) => {
      throw new Error(`${kind} does not replay: ${cause.message}`, { cause });
    });
  }
});

test('so they do on a worker that has begun to trace', async () => {
  for (const { kind, history } of await recordedHistories()) {
    await replay(history, tracedBundle).catch((cause) => {
      throw new Error(`${kind} does not replay: ${cause.message}`, { cause });
    });
  }
});

test('a workflow that does something else than its history is found out', async () => {
  const [recorded] = (await recordedHistories()).filter(({ kind }) => kind === 'search-run-success');
  const other = JSON.parse(JSON.stringify(recorded?.history).replaceAll('"startRun"', '"beginRun"'));
  await expect(replay(other)).rejects.toThrow(DeterminismViolationError);
});
