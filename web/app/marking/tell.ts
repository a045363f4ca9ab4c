import type { JobMark } from '../api/types.js';

/** The fields of a form to `/jobs/mark`. */
export type MarkFields = { intent: string } & Record<string, string>;

/** Something that was done, or could not be. */
export interface Told {
  message: string;
  /** What takes it back; null where that is a button beside it. */
  undo: MarkFields | null;
  failed?: boolean;
  /** How the job was marked before. */
  before?: JobMark | null;
  /** The job as it is marked now, where one job was marked. */
  job?: { postingId: string; mark: JobMark | null };
  /** What is hidden has changed. */
  hiding: boolean;
}
