import type { VersioningBehavior } from '@temporalio/common';
import { setWorkflowOptions, workflowInfo } from '@temporalio/workflow';

/**
 * Says whether a workflow ends on the build that began it or moves to the current one (docs/CHANGING_WORKFLOWS.md).
 * Only workers of a deployment may say so.
 */
export function setVersioning<Args extends unknown[]>(
  versioningBehavior: VersioningBehavior,
  workflow: (...args: Args) => Promise<unknown>,
): void {
  setWorkflowOptions(
    () => (workflowInfo().currentDeploymentVersion?.deploymentName ? { versioningBehavior } : {}),
    workflow,
  );
}
