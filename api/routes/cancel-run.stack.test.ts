import { Client, Connection } from '@temporalio/client';
import { startTestStack, type TestStack } from '../../local/testing/stack.js';
import { waitFor } from '../../local/testing/wait-for.js';
import { searchRunWorkflowId } from '../../workflows/workflow-ids.js';
import { type ApiClient, expectProblem, startApi } from '../testing/api-client.js';
import { beginRun, completeRun, createRun, endRun } from '../testing/runs.js';

let stack: TestStack;
let asAda: ApiClient;
let connection: Connection;
let temporal: Client;

beforeAll(async () => {
  stack = await startTestStack({ temporal: true });
  const { api } = await startApi(stack);
  asAda = api.as((await stack.createUser()).accessToken);
  connection = await Connection.connect({ address: stack.temporalAddress });
  temporal = new Client({ connection });
});
afterAll(async () => {
  await connection?.close();
  await stack?.stop();
});
beforeEach(async () => {
  await stack.sql`delete from search_runs`;
});

/** The workflow was asked to cancel, as its history tells. */
async function isAskedToCancel(runId: string): Promise<boolean> {
  const { events } = await temporal.workflow.getHandle(searchRunWorkflowId(runId)).fetchHistory();
  return events?.some((event) => event.workflowExecutionCancelRequestedEventAttributes) ?? false;
}

test('a pending run ends at once, with its boards, and its workflow is asked to cancel', async () => {
  const run = await createRun(asAda, 'pending');
  const answer = await asAda.post(`/runs/${run.id}/cancel`);
  expect(answer.status).toBe(202);
  expect(answer.body).toMatchObject({
    id: run.id,
    status: 'cancelled',
    found: 0,
    cancelRequestedAt: expect.any(String),
    completedAt: expect.any(String),
    boards: [{ state: 'cancelled' }],
  });
  await waitFor(() => isAskedToCancel(run.id), { what: 'the cancel request' });
});

test('a run under way is marked once, and ends by its workflow', async () => {
  const run = await createRun(asAda, 'running');
  await stack.sql`update search_run_boards set state = 'running' where run_id = ${run.id}`;
  await beginRun(stack.sql, run.id);
  const first = await asAda.post(`/runs/${run.id}/cancel`);
  expect(first.status).toBe(202);
  expect(first.body).toMatchObject({ status: 'running', cancelRequestedAt: expect.any(String) });
  await waitFor(() => isAskedToCancel(run.id), { what: 'the cancel request' });

  const second = await asAda.post(`/runs/${run.id}/cancel`);
  expect(second.status).toBe(202);
  expect(second.body).toMatchObject({
    status: 'running',
    cancelRequestedAt: first.body.cancelRequestedAt,
    revision: first.body.revision,
  });
  await endRun(stack.sql, run.id, 'cancelled');
  expect((await asAda.get(`/runs/${run.id}`)).body.status).toBe('cancelled');
});

test.each([
  ['success', (id: string) => completeRun(stack.sql, id)],
  ['failed', (id: string) => endRun(stack.sql, id)],
  ['cancelled', (id: string) => endRun(stack.sql, id, 'cancelled')],
] as const)('a run that is %s already answers 409 and stays as it is', async (status, end) => {
  const run = await createRun(asAda, status);
  await end(run.id);
  const before = (await asAda.get(`/runs/${run.id}`)).body;
  const answer = await asAda.post(`/runs/${run.id}/cancel`);
  expectProblem(answer, 'conflict');
  expect(answer.body).toMatchObject({ runStatus: status, detail: expect.stringContaining(status) });
  expect((await asAda.get(`/runs/${run.id}`)).body).toEqual({ ...before, serverTime: expect.any(String) });
});

test('cancelling a pending run twice: the second finds it finished', async () => {
  const run = await createRun(asAda, 'twice');
  expect((await asAda.post(`/runs/${run.id}/cancel`)).status).toBe(202);
  expectProblem(await asAda.post(`/runs/${run.id}/cancel`), 'conflict');
});

test('cancelling ten times at once does it once', async () => {
  const run = await createRun(asAda, 'at once');
  const answers = await Promise.all(Array.from({ length: 10 }, () => asAda.post(`/runs/${run.id}/cancel`)));
  expect(answers.map(({ status }) => status).sort()).toEqual([202, ...Array(9).fill(409)]);
  const log = await stack.sql`
    select kind, to_status, actor from search_run_events where run_id = ${run.id} order by id`;
  expect(log).toMatchObject([
    { kind: 'created', to_status: 'pending', actor: 'user' },
    { kind: 'status', to_status: 'cancelled', actor: 'user' },
    { kind: 'cancel_requested', to_status: 'cancelled', actor: 'user' },
  ]);
});

test('after it was cancelled the same search starts anew', async () => {
  const run = await createRun(asAda, 'again');
  await asAda.post(`/runs/${run.id}/cancel`);
  expect((await createRun(asAda, 'again')).id).not.toBe(run.id);
});

test('a repeated Idempotency-Key of a cancelled run starts no workflow for it', async () => {
  const { api } = await startApi(stack, {
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    TEMPORAL_START_TIMEOUT_MS: '100',
  });
  const withoutTemporal = api.as(asAda.token);
  const body = { parameters: { title: 'key', boards: ['remotive'] } };
  const key = { 'idempotency-key': 'of a cancelled run' };
  const { run } = (await withoutTemporal.post('/runs', body, key)).body;
  await withoutTemporal.post(`/runs/${run.id}/cancel`);

  const repeated = await asAda.post('/runs', body, key);
  expect(repeated.body).toMatchObject({ joined: true, run: { id: run.id, status: 'cancelled' } });
  const workflow = temporal.workflow.getHandle(searchRunWorkflowId(run.id));
  await expect(workflow.describe()).rejects.toThrow(/not found/i);
});
