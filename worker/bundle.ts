import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';

import { tracedBundle, tracedWorkflowModules } from './tracing.js';

const workflowBundlePath = fileURLToPath(new URL('../build/workflow-bundle.js', import.meta.url));
const workflowsPath = fileURLToPath(new URL('../workflows/index.ts', import.meta.url));

async function bundle(path: string, workflowInterceptorModules: string[]): Promise<void> {
  const { code } = await bundleWorkflowCode({ workflowsPath, workflowInterceptorModules });
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, code);
}

/**
 * Builds the workflows into one file, so that workers start at once and run the same code everywhere; and into another one
 * for workers that trace.
 */
await bundle(workflowBundlePath, []);
await bundle(tracedBundle(workflowBundlePath), tracedWorkflowModules);
