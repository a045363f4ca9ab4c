import { fileURLToPath } from 'node:url';
import { NativeConnection, Worker } from '@temporalio/worker';

// The worker of the bare workflow, in a process of its own as the product's worker is.
// Arguments: Temporal's address, the task queue.
const [, , address, taskQueue = 'bare'] = process.argv;

const connection = await NativeConnection.connect({ address });
const worker = await Worker.create({
  connection,
  taskQueue,
  workflowsPath: fileURLToPath(new URL('./bare-workflow.ts', import.meta.url)),
  activities: { nothing: async () => undefined },
});
const running = worker.run();
process.send?.('ready');
await running;
await connection.close();
