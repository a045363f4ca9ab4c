import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { WorkerOptions } from '@temporalio/worker';
import type { WorkerSettings } from './config.js';

/** Which build of which deployment a worker is; without a build id it is unversioned. */
export function deploymentOptions({
  WORKER_BUILD_ID: buildId,
  WORKER_DEPLOYMENT_NAME: deploymentName,
}: WorkerSettings): Pick<WorkerOptions, 'workerDeploymentOptions'> {
  if (buildId === undefined) return {};
  return {
    workerDeploymentOptions: {
      version: { deploymentName, buildId },
      useWorkerVersioning: true,
      // Each workflow says its own; a new one that forgets is kept from changing under way.
      defaultVersioningBehavior: 'PINNED',
    },
  };
}

const attempts = 30;
const pauseMs = 1_000;

/**
 * Sends new workflows to this build from now on. Temporal knows a build when its workers have polled, so that is
 * waited for.
 * @throws when Temporal does not know the build after half a minute.
 */
export async function becomeCurrent(client: Client, settings: WorkerSettings): Promise<void> {
  const { WORKER_BUILD_ID: buildId, WORKER_DEPLOYMENT_NAME: deploymentName } = settings;
  if (buildId === undefined || settings.WORKER_BECOMES_CURRENT === 'off') return;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.workflowService.setWorkerDeploymentCurrentVersion({
        namespace: settings.TEMPORAL_NAMESPACE,
        deploymentName,
        buildId,
        // A board that was switched off has a queue no more.
        ignoreMissingTaskQueues: true,
      });
      return;
    } catch (error) {
      if (attempt === attempts) throw error;
      await sleep(pauseMs);
    }
  }
}
