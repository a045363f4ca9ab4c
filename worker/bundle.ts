import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';

const workflowBundlePath = fileURLToPath(new URL('../build/workflow-bundle.js', import.meta.url));

/** Builds the workflows into one file, so that workers start at once and run the same code everywhere. */
const { code } = await bundleWorkflowCode({
  workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
});
await mkdir(dirname(workflowBundlePath), { recursive: true });
await writeFile(workflowBundlePath, code);
