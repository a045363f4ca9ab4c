import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { say } from '../observability/standard-output.js';

const usage = `Replays histories of workflows against the code that is here: whether it would do the same again.

  npm run replay -- history.json …    as the Temporal Web UI downloads them, or
                                      temporal workflow show --workflow-id … --output json > history.json
`;

const files = process.argv.slice(2);
if (files.length === 0 || files.some((file) => file.startsWith('-'))) {
  process.stderr.write(usage);
  process.exit(2);
}

Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { forward: {}, filter: 'off' } },
});
const workflowBundle = await bundleWorkflowCode({
  workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
  logger: new DefaultLogger('ERROR'),
});
for (const file of files) {
  try {
    await Worker.runReplayHistory({ workflowBundle }, JSON.parse(await readFile(file, 'utf8')));
    say(`${file}: replays`);
  } catch (error) {
    process.exitCode = 1;
    say(`${file}: does not replay: ${error instanceof Error ? error.message : error}`);
  }
}
