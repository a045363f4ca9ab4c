import { patched, sleep } from '@temporalio/workflow';
import { type SearchRunInput, type SearchRunResult, searchRun as today } from '../search-run.js';
import { setVersioning } from '../versioning.js';

/** The same change as in `changed-workflows.ts`, made so that searches of today can move to it under way. */
export * from '../index.js';

setVersioning('PINNED', searchRun);

export async function searchRun(input: SearchRunInput): Promise<SearchRunResult | null> {
  if (patched('pause-first')) await sleep('1ms');
  return today(input);
}
