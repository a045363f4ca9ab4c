import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  CancellationScope,
  isCancellation,
  ParentClosePolicy,
  proxyActivities,
  setCurrentDetails,
  startChild,
} from '@temporalio/workflow';
import type {
  CheckCompanyActivities,
  Company,
  CompanyOutcomeActivities,
} from '../activities/check-company.js';
import { boardErrorClasses } from '../domain/board-errors.js';
import { sourceKey } from '../domain/source.js';
import type { boardSync } from './board-sync.js';
import { describeFailure } from './failures.js';
import { boardRetry, databaseRetry } from './retries.js';
import { boardSyncOptions } from './start-options.js';
import { boardTaskQueue } from './task-queues.js';
import { setVersioning } from './versioning.js';

const { finishCompanyCheck } = proxyActivities<CompanyOutcomeActivities>({
  summary: 'Write down whether it is there',
  startToCloseTimeout: '30s',
  retry: databaseRetry,
});

// Minutes long: it ends on the build that began it.
setVersioning('PINNED', companyCheck);

/** Asks once, for everybody, whether a company has a board; when it has, its first sync is started. */
export async function companyCheck(company: Company): Promise<{ state: 'open' | 'not_found' | 'failed' }> {
  const { checkCompany } = proxyActivities<CheckCompanyActivities>({
    taskQueue: boardTaskQueue(company.board),
    startToCloseTimeout: '2 minutes',
    // Nobody may be there to ask this board.
    scheduleToCloseTimeout: '10 minutes',
    heartbeatTimeout: '15s',
    retry: boardRetry,
  });

  const source = sourceKey(company.board, company.token);
  let freshSeconds: number;
  try {
    const found = await checkCompany.executeWithOptions({ summary: `Look for ${source}` }, [company]);
    await finishCompanyCheck({ ...company, state: 'open', name: found.name });
    setCurrentDetails('It is there; its first reading is being started.');
    freshSeconds = found.freshSeconds;
  } catch (error) {
    const { type, message } = isCancellation(error)
      ? { type: 'cancelled', message: 'An operator stopped this check.' }
      : describeFailure(error);
    const errorClass = boardErrorClasses.find((known) => known === type) ?? 'upstream';
    const state = errorClass === 'not_found' ? 'not_found' : 'failed';
    setCurrentDetails(state === 'not_found' ? 'It is not there.' : `Not known: ${errorClass}, ${message}`);
    await CancellationScope.nonCancellable(() =>
      finishCompanyCheck({ ...company, state, errorClass, message }),
    );
    return { state };
  }
  await startFirstSync(source, freshSeconds);
  return { state: 'open' };
}

async function startFirstSync(source: string, freshSeconds: number): Promise<void> {
  try {
    await startChild<typeof boardSync>('boardSync', {
      ...boardSyncOptions(source, freshSeconds),
      parentClosePolicy: ParentClosePolicy.ABANDON,
    });
  } catch (error) {
    // A search was faster.
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
