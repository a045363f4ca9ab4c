import { sleep } from '@temporalio/workflow';
import { type SearchRunInput, type SearchRunResult, searchRun as today } from '../search-run.js';
import { setVersioning } from '../versioning.js';

/** A later build, for drills: a search does something first that histories of today do not have. */
export * from '../index.js';

setVersioning('PINNED', searchRun);

export async function searchRun(input: SearchRunInput): Promise<SearchRunResult | null> {
  await sleep('1ms');
  return today(input);
}
